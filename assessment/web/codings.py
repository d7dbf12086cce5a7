"""How an answer may be packed for whoever asks: what they name, but for what they name to refuse it."""

from __future__ import annotations

import re

_REFUSED = re.compile(r"q *= *0(\.0{0,3})?", re.IGNORECASE)


def takes(accepted: str, coding: str) -> bool:
    """Tell whether an `Accept-Encoding` header names a coding; one of no weight (`q=0`) is refused, not taken.

    >>> takes("gzip, br;q=0.8", "br"), takes("gzip;q=0, br", "gzip"), takes("", "gzip")
    (True, False, False)
    """
    for one in accepted.split(","):
        name, _, weight = one.partition(";")
        if name.strip().lower() == coding:
            return _REFUSED.fullmatch(weight.strip()) is None
    return False
