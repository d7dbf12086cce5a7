"""People's words on a Streamlit screen, where labels and texts are read as Markdown."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")
_LINKS = re.compile(r"[:@](?!\s)|www(?=\.)", re.IGNORECASE)
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_JOINER = "\u2060"


def plain(words: str) -> str:
    """Return words so that Markdown shows them as they are: no link, no picture, no formula, no icon.

    Addresses and icons are found after the escapes were read; a word joiner, which nobody sees, parts them.

    >>> plain("![x](http://evil) *A&B*").replace("\u2060", "^")
    '\\\\!\\\\[x\\\\]\\\\(http\\\\:^//evil\\\\) \\\\*A\\\\&B\\\\*'
    """
    parted = _LINKS.sub(lambda found: found.group() + _JOINER, _LINE_ENDS.sub(" ", words))
    return _MARKS.sub(r"\\\1", parted)
