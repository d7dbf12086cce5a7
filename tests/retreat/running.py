"""What a follower of a room is sent, on a real connection to a real server."""

from __future__ import annotations

import http.client
import os
import signal

from tests.survival.processes import Nursery


class Server:
    """The product on a port that stays its own, so that a new process takes the place of one that ended."""

    def __init__(self, nursery: Nursery, url: str) -> None:
        self._nursery, self._url = nursery, url
        self.port = nursery.listen()
        self.base = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start a process; who connects before it answers waits in the queue of its port."""
        self._process = self._nursery.serve(self.port, self._url)

    def stop(self) -> None:
        """Ask the process to end, and wait until it has."""
        os.kill(self._process, signal.SIGTERM)
        self._nursery.wait(self._process)

    def kill(self) -> None:
        """End the process at once."""
        self._nursery.kill(self._process)


class Follower:
    """What follows a room: every byte that it was sent, event by event."""

    def __init__(self, server: Server, path: str, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self._connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        self._answer = self._connection.getresponse()
        self.status, self.headers = self._answer.status, self._answer.headers
        self.received = b""

    def until(self, words: str) -> str:
        """Read until an event holds these words; return it."""
        event = b""
        while True:
            line = self._answer.readline()
            assert line, f"the stream ended before it said {words!r}: {self.received[-400:]!r}"
            self.received += line
            event += line
            if line == b"\n":
                if words.encode() in event:
                    return event.decode()
                event = b""

    def to_the_end(self) -> bytes:
        """Read until the server ends the stream; return all that came."""
        while line := self._answer.readline():
            self.received += line
        return self.received

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
