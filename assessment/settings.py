"""Settings of an instance, read once from the environment; those of the formulae are in `statistics.settings`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assessment.errors import TendError

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATABASE = f"sqlite:///{ROOT / 'data' / 'tend.db'}"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lies and how the world reaches us.

    `public_url` is what QR codes and mails point at, without a trailing slash; None means that the
    address a browser used is taken as it is (fine on one machine, not behind a proxy).
    """

    database_url: str
    public_url: str | None
    instruments: Path

    @property
    def secure(self) -> bool:
        """Whether cookies may travel over TLS only."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def origin(self) -> str | None:
        """The one origin from which forms are accepted; None: the host that the request names."""
        if self.public_url is None:
            return None
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read `DATABASE_URL`, `PUBLIC_URL` and `TEND_INSTRUMENTS`; raise TendError naming what is unusable."""
    public = environ.get("PUBLIC_URL", "").strip().rstrip("/") or None
    if public is not None and urlsplit(public).scheme not in {"http", "https"}:
        raise TendError(f"PUBLIC_URL is {public!r}. Write it with its scheme, for example https://tend.example.org")
    return Settings(
        database_url=_database(environ.get("DATABASE_URL", "").strip() or DEFAULT_DATABASE),
        public_url=public,
        instruments=Path(environ.get("TEND_INSTRUMENTS", "") or ROOT / "data" / "instruments"),
    )


def _database(url: str) -> str:
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        scheme = url.split(":", 1)[0]
        raise TendError(
            f"DATABASE_URL begins with {scheme!r}. Use sqlite:////path/to/tend.db or postgresql+psycopg://user@host/name"
        )
    return url
