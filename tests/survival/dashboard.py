"""A coordinator's open screen without a browser: Streamlit's own live connection, spoken by its own messages."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 60.0


class Dashboard:
    """One open screen; `with Dashboard(address, sign_in) as dashboard`, then `show` as often as somebody clicks."""

    def __init__(self, address: tuple[str, int], sign_in: str) -> None:
        self._where, self._sign_in = f"{address[0]}:{address[1]}", sign_in
        self._open = ExitStack()
        self._connection: ClientConnection | None = None

    def __enter__(self) -> Dashboard:
        connecting = connect(
            f"ws://{self._where}/_stcore/stream",
            origin=Origin(f"http://{self._where}"),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": f"tend_sign_in={self._sign_in}"},
            max_size=None,
            open_timeout=PATIENCE,
        )
        self._connection = self._open.enter_context(connecting)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def answered_by(self) -> str:
        """Return which process a proxy chose."""
        assert self._connection
        assert self._connection.response
        return self._connection.response.headers["Answered-By"]

    def show(self, page: str = "") -> int:
        """Run a page and return how many things it put on the screen."""
        assert self._connection
        wish = BackMsg()
        wish.rerun_script.query_string = ""
        wish.rerun_script.page_name = page
        self._connection.send(wish.SerializeToString())
        shown = 0
        while True:
            message = ForwardMsg()
            received = self._connection.recv(PATIENCE)
            assert isinstance(received, bytes)
            message.ParseFromString(received)
            shown += message.WhichOneof("type") == "delta"
            if message.WhichOneof("type") == "script_finished":
                return shown
