"""The least that a server like ours can do: a page of one word by plain Starlette (`uvicorn benchmarks.hello:app`)."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


async def hello(request: Request) -> Response:
    """Read what was sent, say one word."""
    await request.body()
    return PlainTextResponse("hello")


app = Starlette(routes=[Route("/hello", hello, methods=["GET", "POST"])])
