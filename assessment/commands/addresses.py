"""The address in links that commands print."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from assessment.errors import TendError
from assessment.settings import Settings

LOCAL = "http://127.0.0.1:8501"
"""Where the app listens when nothing else is said."""


def add_base(parser: argparse.ArgumentParser) -> None:
    """Let a command take `--base`."""
    parser.add_argument("--base", metavar="URL", help=f"address of this instance (default: PUBLIC_URL, else {LOCAL})")


def base(args: argparse.Namespace, settings: Settings) -> str:
    """Return the address for links, without a trailing slash; raise TendError for what is no address."""
    address = str(args.base or settings.public_url or LOCAL).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise TendError(f"{address!r} is no address. Write it with its scheme, for example {LOCAL}")
    return address
