"""A member's phone that keeps count: what was acknowledged, and the one step that was not yet.

As our script does, it repeats a step unchanged until the server answers.
"""

from __future__ import annotations

import http.client
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from assessment.questionnaire.values import Section
from assessment.tokens import short_digest

PATIENCE = 60.0
PAUSE = 0.02
"""Seconds that a phone rests before it repeats itself."""
LEAST_SAVES, MOST_SAVES = 6, 40
OPTIONS = 3  # as many as every question has at least, so that one mark fits a whole section


@dataclass(frozen=True)
class Known:
    """A ballot as its member knows it: per section the mark on all its questions and how often it was saved."""

    key_hash: bytes
    marks: dict[str, tuple[int, int]] = field(default_factory=dict)
    sent: bool = False
    here: bool = False


@dataclass(frozen=True)
class Step:
    """One press: where it goes, what it carries, and what the ballot will be once it is acknowledged."""

    address: str
    form: dict[str, str]
    after: Known
    begins: bool = False


class Refused(AssertionError):
    """Say that the server answered a sound step with something that is neither yes nor "later"."""

    def __init__(self, status: int, address: str) -> None:
        super().__init__(f"{address} was answered with {status}")
        self.status = status


class CountedTwice(AssertionError):
    """Say that a save had been counted already when it was acknowledged."""


class Member:
    """Answers one ballot after the other. `let_go` is asked before every try and may make it wait."""

    def __init__(self, code: str, round_id: str, sections: tuple[Section, ...], seed: int) -> None:
        self._code, self._round_id, self._sections = code, round_id, sections
        self._chance = random.Random(seed)
        self._cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None
        self._left = 0
        self.ballots: list[Known] = []
        self.pending: Step | None = None
        self.acknowledged = 0
        self.repeated = 0

    def press(self, address: tuple[str, int], let_go: Callable[[], None]) -> None:
        """Take the next step and return once it is acknowledged."""
        step = self._next(address, let_go)
        self.pending = step
        self._insist(address, let_go, step)
        if step.begins:
            self.ballots.append(step.after)
        else:
            self.ballots[-1] = step.after
        self.pending = None
        self.acknowledged += 1

    def hang_up(self) -> None:
        """Close the connection."""
        if self._connection:
            self._connection.close()
        self._connection = None

    @property
    def _current(self) -> Known:
        return self.ballots[-1] if self.ballots else Known(b"")

    def _next(self, address: tuple[str, int], let_go: Callable[[], None]) -> Step:
        now = self._current
        if not now.here or self._left == 0:
            self._cookies.clear()
            self._left = self._chance.randint(LEAST_SAVES, MOST_SAVES)
            return self._begin(address, let_go)
        self._left -= 1
        chance = self._chance.random()
        if chance < 0.04 and now.marks and not now.sent:
            return Step("/send", {}, replace(now, sent=True))
        if chance < 0.06 and now.sent:
            return Step("/withdraw", {}, replace(now, here=False))
        return self._save(now)

    def _begin(self, address: tuple[str, int], let_go: Callable[[], None]) -> Step:
        """Have the code accepted, which keeps nothing on the server; the step is to take the seat."""
        self._insist(address, let_go, Step("/join", {"code": self._code}, Known(b"")))
        key = self._cookies["tend_code"].split(".")[1]
        return Step("/start", {}, Known(short_digest(key), here=True), begins=True)

    def _save(self, now: Known) -> Step:
        section = self._chance.choice(self._sections)
        mark, revision = now.marks.get(section.key, (0, 0))
        mark = mark % OPTIONS + 1
        form = {q.id: f"word {mark}" if q.kind == "text" else str(mark) for q in section.questions}
        form |= {"round": self._round_id, "revision": str(revision), "then": "next"}
        marks = {**now.marks, section.key: (mark, 1 if revision == 255 else revision + 1)}
        return Step(f"/answer/{section.key}", form, replace(now, marks=marks))

    def _insist(self, address: tuple[str, int], let_go: Callable[[], None], step: Step) -> None:
        tries = 0
        while True:
            let_go()
            tries += 1
            try:
                status = self._post(address, step)
            except (OSError, http.client.HTTPException):
                self.hang_up()
                status = 0
            # Who withdrew and never heard of it is told that nothing is here any more.
            if status == 204 or (status == 410 and step.address == "/withdraw" and tries > 1):
                return
            if status not in {0, 502, 503, 504}:
                raise Refused(status, step.address)
            self.repeated += 1
            time.sleep(PAUSE)

    def _post(self, address: tuple[str, int], step: Step) -> int:
        host, port = address
        self._connection = self._connection or http.client.HTTPConnection(host, port, timeout=PATIENCE)
        headers = {
            "Host": f"{host}:{port}",
            "Origin": f"http://{host}:{port}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Tend-Script": "1",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        self._connection.request("POST", step.address, urlencode(step.form), headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status == 204:
            for line in answer.headers.get_all("set-cookie", []):
                for name, morsel in SimpleCookie(line).items():
                    self._cookies[name] = morsel.value
        revision = answer.headers.get("tend-revision")
        wanted = step.after.marks.get(step.address.rpartition("/")[2])
        if answer.status == 204 and revision and wanted and int(revision) != wanted[1]:
            raise CountedTwice(f"revision {revision} in place of {wanted[1]}")
        return answer.status
