"""People's words on a Streamlit screen, where labels and texts are read as Markdown."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def plain(words: str) -> str:
    """Return words so that Markdown shows them as they are: no link, no picture, no formula.

    >>> plain("![x](http://evil) *A&B*")
    '\\\\!\\\\[x\\\\]\\\\(http\\\\://evil\\\\) \\\\*A\\\\&B\\\\*'
    """
    return _MARKS.sub(r"\\\1", words.replace("\n", " "))
