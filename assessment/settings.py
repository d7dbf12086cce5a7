"""Settings of an instance, read once from the environment; those of the formulae are in `statistics.settings`."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assessment.errors import TendError

DEFAULT_PORTS = {"http": 80, "https": 443}
LIKE = "Write it like https://tend.example.org"
READ_IN_TWO_WAYS = frozenset("ßς\u200c\u200d")
"""Letters that browsers write in names of servers in another way than Python does."""
_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?")

ROOT = Path(__file__).resolve().parent.parent


def sqlite_url(path: Path) -> str:
    """Return the address of a database file; what would be read as something else in an address is quoted.

    >>> sqlite_url(Path("/data/50% of it?/tend.db"))
    'sqlite:////data/50%25 of it%3F/tend.db'
    """
    return f"sqlite:///{path.as_posix().replace('%', '%25').replace('?', '%3F')}"


DEFAULT_DATABASE = sqlite_url(ROOT / "data" / "tend.db")


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
    return Settings(
        database_url=database_url(environ.get("DATABASE_URL", "").strip() or DEFAULT_DATABASE),
        public_url=public_url(environ),
        instruments=Path(environ.get("TEND_INSTRUMENTS", "") or ROOT / "data" / "instruments"),
    )


def public_url(environ: Mapping[str, str]) -> str | None:
    """Return `PUBLIC_URL` as browsers write it, None where it is not set; raise TendError for what is no address.

    >>> public_url({"PUBLIC_URL": "https://Grün.Example:443/"})
    'https://xn--grn-ioa.example'
    """
    written = environ.get("PUBLIC_URL", "").strip()
    if not written:
        return None
    try:
        parts = urlsplit(written)
        name, port = _host_name(parts.hostname or ""), parts.port
    except ValueError as error:
        raise TendError(f"PUBLIC_URL is {written!r}, which is no address. {LIKE}") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise TendError(f"PUBLIC_URL is {written!r}. Write it with its scheme. {LIKE}")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username is not None:
        beyond = "It names more than a server: Tend answers at the top of an address, under no path, and for everybody."
        raise TendError(f"PUBLIC_URL is {written!r}. {beyond} {LIKE}")
    return f"{parts.scheme}://{name}" + (f":{port}" if port not in {None, DEFAULT_PORTS[parts.scheme]} else "")


def bare_host(host: str, scheme: str) -> str:
    """Return a host as a browser names it: lower case, without the port that its scheme has anyway.

    >>> bare_host("Tend.example.org:443", "https"), bare_host("localhost:8501", "http")
    ('tend.example.org', 'localhost:8501')
    """
    return host.lower().removesuffix(f":{DEFAULT_PORTS.get(scheme)}")


def _host_name(written: str) -> str:
    """Return a host's name in letters that stand in addresses; raise ValueError for what is none."""
    if ":" in written:
        return f"[{ipaddress.IPv6Address(written)}]"
    if set(written) & READ_IN_TWO_WAYS:
        raise ValueError("write this name in its xn-- form")
    name = written.encode("idna").decode()
    if not _NAME.fullmatch(name):
        raise ValueError("not a name of a server")
    return name


def database_url(url: str, named: str = "DATABASE_URL") -> str:
    """Return a database's address as the storage takes it; raise TendError for what can hold no answers.

    >>> database_url("postgres://tend@localhost/tend")
    'postgresql+psycopg://tend@localhost/tend'
    """
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        scheme = url.split(":", 1)[0]
        raise TendError(
            f"{named} begins with {scheme!r}. Use sqlite:////path/to/tend.db or postgresql+psycopg://user@host/name"
        )
    file = url.removeprefix("sqlite:///").partition("?")[0]
    if file == "" or file.startswith((":memory:", "file:")):
        raise TendError(f"{named} is {url!r}: answers would be lost. Name a file: sqlite:////path/to/tend.db")
    return url
