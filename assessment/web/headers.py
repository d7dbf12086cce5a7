"""Headers of every plain page, and the check that a post comes from our own pages."""

from __future__ import annotations

import base64
import hashlib

from starlette.requests import Request
from starlette.responses import Response

from assessment.settings import Settings, bare_host
from assessment.web.forms import Refused
from assessment.web.requests import header

# The last policy that a browser knows counts. "no-referrer" alone makes browsers post `Origin: null`, and then
# our own forms could not be told from foreign ones; "same-origin" tells no other site anything either.
REFERRER = "no-referrer, same-origin"

COMMON = {
    "Cache-Control": "no-store",
    "Referrer-Policy": REFERRER,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


RAW_COMMON = tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in COMMON.items())
"""The same as a server sends them."""


def digest(inline: str) -> str:
    """Return the source expression that allows exactly this inline style or script."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode() + "'"


def policy(*, styles: tuple[str, ...] = (), scripts: tuple[str, ...] = ()) -> str:
    """Return the Content-Security-Policy of a page with these inline styles and scripts and nothing else."""
    allowed = {
        "default-src": "'none'",
        "style-src": " ".join(map(digest, styles)) or "'none'",
        "script-src": " ".join(map(digest, scripts)) or "'none'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{key} {value}" for key, value in allowed.items())


def check_origin(request: Request, settings: Settings) -> None:
    """Raise Refused unless a post was sent by one of our own pages."""
    origin = header(request.scope, b"origin")
    site = header(request.scope, b"sec-fetch-site")
    if origin in (None, "null"):
        ours = site == "same-origin"
    else:
        ours = site in (None, "same-origin") and _is_ours(origin or "", request, settings)
    if not ours:
        raise Refused(403, "This form was sent from another page than ours. Open our page and send it from there.")


def set_cookie(response: Response, name: str, value: str, settings: Settings, *, keep: int | None = None) -> None:
    """Set a cookie that scripts cannot read; `keep` in seconds, None: until the browser is closed."""
    response.set_cookie(name, value, max_age=keep, path="/", secure=settings.secure, httponly=True, samesite="lax")


def clear_cookie(response: Response, name: str, settings: Settings) -> None:
    """Make the browser forget a cookie."""
    response.delete_cookie(name, path="/", secure=settings.secure, httponly=True, samesite="lax")


def _is_ours(origin: str, request: Request, settings: Settings) -> bool:
    if settings.origin is not None:
        return origin == settings.origin
    scheme, _, name = origin.partition("://")
    return name != "" and bare_host(name, scheme) == bare_host(header(request.scope, b"host") or "", scheme)
