"""Two processes, nginx before them and PostgreSQL behind: one is killed in the middle of a hall."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assessment import clock, rounds
from assessment.alliance import accounts, sign_in
from assessment.rounds.keeping import keep_promises
from assessment.storage.engine import Store, open_store
from assessment.storage.tables import Audit, Instance, Release, Role, Round
from tests.collect.world import World, make_world
from tests.rounds.world import make_world as make_alliance
from tests.survival.dashboard import Dashboard
from tests.survival.hall import Hall, compare
from tests.survival.processes import HOST, Nursery
from tests.survival.proxy import Proxy, free_port, upstream_ports, wait_for_port

Record = Callable[[str, object], None]


class Pair:
    """Two processes of Tend on one database, behind a proxy."""

    def __init__(self, nursery: Nursery, url: str, home: Path) -> None:
        self._nursery, self._url = nursery, url
        self.ports = (free_port(), free_port())
        self.processes = {port: self._start(port) for port in self.ports}
        self.proxy = Proxy(home, self.ports)

    def restart(self, port: int) -> None:
        """Start a process anew on the port of one that was killed."""
        self.processes[port] = self._start(port)

    def kill(self, port: int) -> None:
        """Kill the process on a port, which closes with it."""
        assert self._nursery.kill(self.processes.pop(port))

    def end(self) -> None:
        """Kill what is left."""
        for port in list(self.processes):
            self.kill(port)

    def _start(self, port: int) -> int:
        process = self._nursery.serve(port, self._url)
        wait_for_port(port)
        return process


@pytest.fixture
def world(postgres_url: str) -> Iterator[World]:
    """An open round on PostgreSQL."""
    made = make_world(postgres_url)
    yield made
    made.store.close()


@pytest.fixture
def pair(nursery: Nursery, world: World, tmp_path: Path) -> Iterator[Pair]:
    """Two processes behind nginx."""
    pair = Pair(nursery, world.store.url, tmp_path)
    with pair.proxy:
        yield pair
    pair.end()


def test_a_process_that_is_killed_in_the_middle_of_a_hall_costs_nobody_anything(
    pair: Pair, world: World, record_property: Record
) -> None:
    hall = Hall(world, (HOST, pair.proxy.port))
    hall.open_gate()
    with hall.answering():
        hall.wait_for(100)
        for port in pair.ports:
            pair.kill(port)
            hall.wait_for(200)  # all of it through the other one
            pair.restart(port)
    faults = compare(hall.members, world, world.store)
    repeated = sum(member.repeated for member in hall.members)
    counted = f"{hall.acknowledged:,} steps acknowledged, {repeated} repeated by phones, {faults}"
    record_property("counted", f"two processes behind nginx, each killed once: {counted}")
    assert str(faults) == "0 lost, 0 doubled, 0 half"


def get(pair: Pair, address: str, sign_in: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(HOST, pair.proxy.port)
    connection.request("GET", address, headers={"Cookie": f"tend_sign_in={sign_in}"} if sign_in else {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_a_coordinator_stays_with_one_process_and_goes_on_with_the_other_when_it_ends(pair: Pair, world: World) -> None:
    password = accounts.create(world.store, "alliance", "Ana", "ana@example.org", Role.OWNER)
    tokens = [sign_in.start(world.store, "ana@example.org", password) for _ in range(6)]
    homes = set()
    for token in tokens:
        answers = [get(pair, "/", token) for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 200]
        with Dashboard((HOST, pair.proxy.port), token) as dashboard:
            assert dashboard.show() > 0
            chosen = {dashboard.answered_by, *(answer.headers["Answered-By"] for answer in answers)}
        assert len(chosen) == 1
        homes |= chosen
    assert len(homes) == 2
    home = get(pair, "/", tokens[0]).headers["Answered-By"]
    pair.kill(int(home.rpartition(":")[2]))
    with Dashboard((HOST, pair.proxy.port), tokens[0]) as dashboard:
        assert dashboard.show() > 0
        assert dashboard.answered_by.endswith(next(str(port) for port in pair.processes))


def test_the_proxy_spreads_members_and_keeps_closed_what_nobody_uses(pair: Pair) -> None:
    assert len({get(pair, "/join").headers["Answered-By"] for _ in range(8)}) == 2
    for closed in ("/_stcore/metrics", "/overview/_stcore/metrics", "/_stcore/upload_file/x"):
        answer = get(pair, closed)
        assert (answer.status, answer.headers["Answered-By"]) == (404, None)


def test_while_no_process_answers_people_are_told_to_wait(pair: Pair) -> None:
    pair.end()
    for address in ("/join", "/"):
        connection = http.client.HTTPConnection(HOST, pair.proxy.port)
        connection.request("GET", address)
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert b"A moment, please" in answer.read()
        connection.close()


def test_both_lists_of_processes_that_we_hand_out_are_the_same() -> None:
    first, second = upstream_ports()
    assert first == second
    assert len(first) == 2


def end_long_ago(store: Store) -> None:
    with store.write() as session:
        for round_ in session.scalars(select(Round)):
            round_.ends_on = clock.today() - timedelta(days=8)


def keep(url: str) -> None:
    """Do what a process does at its start and once an hour: in a process of its own."""
    keep_promises(open_store(url))


def test_processes_that_keep_promises_together_seal_each_round_once(store: Store, nursery: Nursery) -> None:
    world = make_alliance(store)
    overdue = [world.open(name) for name in ("Spring", "Summer", "Autumn")]
    for round_id in overdue:
        world.answer(round_id, 20, words=[f"Sentence {number}" for number in range(6)])
    end_long_ago(store)
    at_work = [nursery.do(__name__, "keep", store.url) for _ in range(3)]
    assert [nursery.wait(process) for process in at_work] == [0, 0, 0]
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Release)) == 3
        assert session.scalar(select(func.count()).where(Audit.act == "round sealed")) == 3
        assert session.scalar(select(Instance.purge_due)) is False
    assert [rounds.published(store, round_id).facts.answered for round_id in overdue] == [20, 20, 20]
