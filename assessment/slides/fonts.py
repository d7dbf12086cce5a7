"""The two fonts of the projected screen, as Streamlit carries them: a room without internet has them too."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

PATH = "/fonts"
FAMILIES = {"SourceSansVF-Upright": "Tend Sans", "SourceSerifVariable-Roman": "Tend Serif"}


def _folder() -> Path:
    # Found, not imported: slides know no Streamlit.
    spec = find_spec("streamlit")
    return Path(spec.origin or "").parent / "static" / "static" / "media" if spec else Path()


def _found(folder: Path) -> dict[str, Path]:
    """Return the files by the name of their address, which changes with what is in them."""
    return {path.name: path for start in FAMILIES for path in sorted(folder.glob(f"{start}*.woff2"))}


FONTS: Mapping[str, Path] = _found(_folder())
"""Files by the last part of their address; none where this Streamlit carries none: then the system's fonts are used."""


def faces() -> str:
    """Return the rules that name the fonts."""
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:200 900;font-display:swap;'
        f'src:url({PATH}/{name}) format("woff2")}}'
        for name in FONTS
        for start, family in FAMILIES.items()
        if name.startswith(start)
    )
