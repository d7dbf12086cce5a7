"""The fonts that Tend serves itself: of slides, and the serif of the coordinators' headings. No internet is needed.

The sans is the one that Streamlit carries. Its serif is one file of all scripts; ours comes in parts, of which a page
fetches what it needs: Source Serif 4 as fontsource packs it (SIL Open Font License, in `typeface/LICENSE`).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

PATH = "/fonts"
SANS, SERIF = "Tend Sans", "Tend Serif"
TYPEFACE, VERSION = Path(__file__).parent / "typeface", "5.3.1"
RANGES: Mapping[str, str] = {
    "latin": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,"
        "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
    ),
    "latin-ext": (
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,"
        "U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C4,U+2113,U+2C60-2C7F,U+A720-A7FF"
    ),
    "vietnamese": (
        "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,"
        "U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB"
    ),
    "greek": "U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF",
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
    "cyrillic-ext": "U+0460-052F,U+1C80-1C8A,U+20B4,U+2DE0-2DFF,U+A640-A69F,U+FE2E-FE2F",
}
"""Parts of the serif and the characters of each; `.streamlit/config.toml` names them too."""


def serif(part: str) -> str:
    """Return the file that holds a part of the serif; its name changes with what is in it."""
    return f"source-serif-{VERSION}-{part}.woff2"


def _sans() -> dict[str, Path]:
    # Found, not imported: slides know no Streamlit.
    spec = find_spec("streamlit")
    folder = Path(spec.origin or "").parent / "static" / "static" / "media" if spec else Path()
    return {path.name: path for path in sorted(folder.glob("SourceSansVF-Upright*.woff2"))}


_SANS = _sans()
"""Empty where this Streamlit carries none: then the system's fonts are used."""
FONTS: Mapping[str, Path] = _SANS | {serif(part): TYPEFACE / serif(part) for part in RANGES}
"""Files by the last part of their address."""


def faces() -> str:
    """Return the rules that name the fonts."""
    sans = "".join(_face(SANS, name) for name in _SANS)
    return sans + "".join(_face(SERIF, serif(part), f";unicode-range:{only}") for part, only in RANGES.items())


def _face(family: str, name: str, only: str = "") -> str:
    return (
        f'@font-face{{font-family:"{family}";font-weight:200 900;font-display:swap;'
        f'src:url({PATH}/{name}) format("woff2"){only}}}'
    )
