"""Cells of files for spreadsheets: no words of ours or of anybody's may run as a formula."""

from __future__ import annotations

import re

_BLANKS = r"(?:[^\S\t\r\n]|[\u200b\ufeff])*"
_FORMULA = re.compile(rf"\A(?={_BLANKS}[\t\r\n])|(\A|[;\t\r\n])(?={_BLANKS}[=+\-@＝＋－＠])")
"""Where a formula could begin: the start of a cell and, as some spreadsheets split a file at semicolons, tabs or
line ends whatever its quotes say, after each of these (OWASP, CSV injection). Full-width signs run in East Asian
versions."""


def safe(words: str) -> str:
    """Return words that a spreadsheet shows and never runs: an apostrophe stands before what could begin a formula.

    >>> safe("=HYPERLINK(1)"), safe("Trust"), safe("Choir;=1+1"), safe("a - b")
    ("'=HYPERLINK(1)", 'Trust', "Choir;'=1+1", 'a - b')
    """
    return _FORMULA.sub(r"\1'", words)
