"""start.py and what it runs: environments, addresses, commands. A whole installation is proven by CI, which is one."""

from __future__ import annotations

import argparse
import ast
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import start
from assessment import serving
from assessment.errors import TendError
from assessment.serving import Wishes

ROOT = Path(start.__file__).resolve().parent


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in a folder with a space, with locks but without an environment."""
    root = tmp_path / "our alliance" / "tend"
    root.mkdir(parents=True)
    locks = [root / "requirements.lock", root / "requirements-dev.lock"]
    for lock in locks:
        lock.write_text(f"# {lock.name}\n")
    monkeypatch.setattr(start, "ROOT", root)
    monkeypatch.setattr(start, "VENV", root / ".venv")
    monkeypatch.setattr(start, "LOCKS", locks[:1])
    monkeypatch.setattr(start, "TEST_LOCKS", locks)
    return root


class FakeCommands:
    """Stand in for every program that start.py runs: note the command, fail where a pattern matches it."""

    def __init__(self, *failing: str) -> None:
        self.ran: list[list[str]] = []
        self.failing = failing

    def __call__(self, command: list[str], quiet: bool = False) -> bool:
        self.ran.append(command)
        ok = not any(re.search(pattern, " ".join(command)) for pattern in self.failing)
        if ok and "venv" in command[1:3]:
            start.VENV.mkdir(exist_ok=True)
        return ok

    def installs(self) -> list[list[str]]:
        return [command for command in self.ran if "--require-hashes" in command]


@pytest.fixture
def commands(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., FakeCommands]:
    """Replace every program; the arguments are patterns of commands that shall fail. No uv unless asked for."""

    def replace(*failing: str, uv: str | None = None) -> FakeCommands:
        fake = FakeCommands(*failing)
        monkeypatch.setattr(start, "run", fake)
        monkeypatch.setattr("shutil.which", lambda name: uv if name == "uv" else None)
        return fake

    return replace


def test_an_old_python_says_one_plain_sentence() -> None:
    statements = ast.parse((ROOT / "start.py").read_text()).body
    guard = ast.unparse(next(statement for statement in statements if isinstance(statement, ast.If)))
    old = "import sys; sys.version_info = (3, 6, 15)\n" + guard
    done = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "Tend needs Python 3.11 or newer; this is 3.6. Try: python3.11 start.py\n"


def test_start_parses_under_old_pythons_and_imports_only_the_standard_library() -> None:
    tree = ast.parse((ROOT / "start.py").read_text(), feature_version=(3, 6))
    modules = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert "subprocess" in modules
    assert {name.split(".")[0] for name in modules} <= sys.stdlib_module_names


def test_a_first_start_makes_the_environment_and_installs_the_lock(
    checkout: Path, commands: Callable[..., FakeCommands]
) -> None:
    fake = commands()
    start.ensure_environment(start.LOCKS)
    (install,) = fake.installs()
    assert install[:4] == [start.venv_python(), "-m", "pip", "install"]
    assert install[-3:] == ["--require-hashes", "-r", str(checkout / "requirements.lock")]
    assert start.installed() == start.wanted(start.LOCKS)


def test_a_second_start_changes_nothing(commands: Callable[..., FakeCommands]) -> None:
    commands()
    start.ensure_environment(start.LOCKS)
    again = commands()
    start.ensure_environment(start.LOCKS)
    assert len(again.ran) == 1
    assert "find_spec" in again.ran[0][-1]


def test_the_tests_add_to_an_environment_that_is_good(checkout: Path, commands: Callable[..., FakeCommands]) -> None:
    commands()
    start.ensure_environment(start.LOCKS)
    kept = checkout / ".venv" / "kept"
    kept.touch()
    more = commands()
    start.ensure_environment(start.TEST_LOCKS)
    assert kept.exists()
    assert [command[-1] for command in more.installs()] == [str(lock) for lock in start.TEST_LOCKS]
    start.ensure_environment(start.LOCKS)
    assert kept.exists()
    assert start.installed() == start.wanted(start.TEST_LOCKS)


@pytest.mark.parametrize("damage", ["half-made", "another lock", "moved", "no python", "stamp unreadable"])
def test_an_environment_that_cannot_be_trusted_is_built_anew(
    damage: str, checkout: Path, commands: Callable[..., FakeCommands], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands()
    start.ensure_environment(start.LOCKS)
    rest = checkout / ".venv" / "rest"
    rest.touch()
    fake = commands("find_spec") if damage == "no python" else commands()
    if damage == "half-made":
        start.stamp().unlink()
    elif damage == "another lock":
        start.LOCKS[0].write_text("# newer\n")
    elif damage == "moved":
        start.stamp().write_text(json.dumps({**start.wanted(start.LOCKS), "place": "/somewhere/else/.venv"}))
    elif damage == "stamp unreadable":
        start.stamp().write_text("[1,")
    start.ensure_environment(start.LOCKS)
    assert not rest.exists()
    assert len(fake.installs()) == 1


def test_an_interrupted_installation_is_not_believed(
    commands: Callable[..., FakeCommands], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands()
    start.ensure_environment(start.LOCKS)

    def interrupt(command: list[str], quiet: bool = False) -> bool:
        if "--require-hashes" in command:
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr(start, "run", interrupt)
    with pytest.raises(KeyboardInterrupt):
        start.ensure_environment(start.TEST_LOCKS)
    commands()
    assert start.installed() == {}


def test_a_failed_installation_says_so_and_is_not_believed(commands: Callable[..., FakeCommands]) -> None:
    commands("--require-hashes")
    with pytest.raises(start.CannotStart, match="run the same command again"):
        start.ensure_environment(start.LOCKS)
    assert start.installed() == {}


def test_without_ensurepip_the_systems_pip_fills_the_environment(commands: Callable[..., FakeCommands]) -> None:
    base, own = start.base_python(), start.venv_python()
    fake = commands(r"-m venv --clear .*\.venv$", f"{re.escape(own)} -m pip --version")
    start.ensure_environment(start.LOCKS)
    assert [base, "-m", "venv", "--clear", str(start.VENV), "--without-pip"] in fake.ran
    assert fake.installs()[0][:6] == [base, "-m", "pip", "--python", own, "install"]


def test_without_any_pip_one_sentence_names_the_package(checkout: Path, commands: Callable[..., FakeCommands]) -> None:
    commands("venv", "pip")
    with pytest.raises(start.CannotStart, match="sudo apt install python3-venv"):
        start.ensure_environment(start.LOCKS)
    assert not (checkout / ".venv").exists()


def test_uv_is_used_where_it_is_and_pip_where_it_fails(commands: Callable[..., FakeCommands]) -> None:
    fake = commands("uv pip", uv="/bin/uv")
    start.ensure_environment(start.LOCKS)
    assert fake.ran[0][:2] == ["/bin/uv", "venv"]
    assert [command[:3] for command in fake.installs()] == [
        ["/bin/uv", "pip", "install"],
        [start.venv_python(), "-m", "pip"],
    ]


def test_a_childs_python_is_not_led_astray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("KEPT", "yes")
    environment = start.child_environment()
    assert "PYTHONPATH" not in environment
    assert "PIP_TARGET" not in environment
    assert environment["KEPT"] == "yes"


def test_the_command_line_knows_its_options() -> None:
    words = "--demo --port 9000 --host 0.0.0.0 --database x.db --no-browser"
    options = start.read_options(words.split())
    assert options == argparse.Namespace(demo=True, port=9000, host="0.0.0.0", database="x.db", no_browser=True)


def test_what_a_person_must_mend_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(locks: list[Path]) -> None:
        raise start.CannotStart("Mend this.")

    monkeypatch.setattr(start, "ensure_environment", refuse)
    assert start.main(["--no-browser"]) == 1
    assert capsys.readouterr().err == "\nMend this.\n"


# -- Addresses -----------------------------------------------------------------------------------------------------


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_gives_way_to_the_next_free_one(
    taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serving, "FIRST_PORT", taken)
    chosen = serving.choose_port("127.0.0.1", None)
    assert chosen > taken
    assert f"Port {taken} is taken by another program; using {chosen}." in capsys.readouterr().out


def test_a_taken_port_that_was_asked_for_is_refused(taken: int) -> None:
    with pytest.raises(TendError, match=f"Port {taken} is taken"):
        serving.choose_port("127.0.0.1", taken)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(TendError, match="is no port"):
        serving.choose_port("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host"])
def test_a_host_that_is_not_ours_is_refused(host: str) -> None:
    with pytest.raises(TendError, match=f"Cannot listen on {host}"):
        serving.choose_port(host, None)


def test_addresses_name_the_network_first_where_phones_are_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "network_addresses", lambda: ["192.168.1.5"])
    assert serving.base_addresses("0.0.0.0", 8501) == ["http://192.168.1.5:8501", "http://localhost:8501"]
    assert serving.base_addresses("127.0.0.1", 8501) == ["http://localhost:8501"]
    assert serving.base_addresses("192.168.1.5", 80) == ["http://192.168.1.5:80"]
    assert serving.base_addresses("fe80::1", 8501) == ["http://[fe80::1]:8501"]


def test_no_address_of_this_machine_is_a_loopback() -> None:
    assert not [address for address in serving.network_addresses() if address.startswith("127.")]


def test_a_database_is_a_file_or_an_address(tmp_path: Path) -> None:
    file = tmp_path / "our alliance.db"
    address = "postgresql://tend@db/tend"
    assert serving.database_setting(Wishes(database=str(file))) == {"DATABASE_URL": f"sqlite:///{file.as_posix()}"}
    assert serving.database_setting(Wishes(database=address)) == {"DATABASE_URL": address}
    assert serving.database_setting(Wishes()) == {}


def test_the_demo_has_a_database_of_its_own() -> None:
    assert serving.database_setting(Wishes(demo=True))["DATABASE_URL"].endswith("/data/demo.db")
    assert serving.database_setting(Wishes(demo=True, database="/x.db"))["DATABASE_URL"] == "sqlite:////x.db"


# -- Running -------------------------------------------------------------------------------------------------------

STAND_IN = """
import http.server, os, sys
words = sys.argv[1:]
with open(os.environ["NOTES"], "a") as notes:
    print(*words, "|", os.environ.get("DATABASE_URL"), file=notes)
if "migrate" in words and os.environ.get("BROKEN"):
    sys.exit("The database is newer than this program.")
if "setup-link" in words or "demo" in words:
    print(words[-1] + "/setup/once")
if "streamlit" in words:
    class Healthy(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/_stcore/health" else 404)
            self.end_headers()
        def log_message(self, *_):
            pass
    at = ("127.0.0.1", int(words[words.index("--server.port") + 1]))
    http.server.HTTPServer(at, Healthy).serve_forever()
"""


# Several processes of the suite may start servers at the same moment: each looks for a port in a range of its own.
FIRST_PORT = 9100 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


class Started:
    """`serve` in a process of its own, with a stand-in for the environment's Python, in a folder with a space."""

    def __init__(self, folder: Path, wishes: str, **environment: str) -> None:
        folder.mkdir()
        self.notes = folder / "notes"
        stand_in = folder / "stand in.py"
        stand_in.write_text(STAND_IN)
        python = folder / "python"
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{stand_in}" "$@"\n')
        python.chmod(0o755)
        program = (
            "import os, signal, sys; from assessment import serving; from assessment.errors import TendError\n"
            "signal.signal(signal.SIGINT, signal.default_int_handler)  # ours may be ignored, as in a background job\n"
            f"serving.FIRST_PORT = {FIRST_PORT}\n"
            f"try: sys.exit(serving.serve(serving.Wishes({wishes}), {str(python)!r}, os.environ))\n"
            "except TendError as reason: sys.exit(str(reason))"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "NOTES": str(self.notes), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Started:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.communicate()

    def until(self, words: str) -> str:
        """Read what it prints until `words` appear."""
        assert self.process.stdout is not None
        printed = ""
        for line in self.process.stdout:
            printed += line
            if words in line:
                return printed
        raise AssertionError(f"{words!r} never came: {printed} {self.process.communicate()[1]}")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serving_migrates_prints_the_link_and_ends_with_its_server(tmp_path: Path, ending: signal.Signals) -> None:
    with Started(tmp_path / "our alliance", "browser=False, database='/x y.db'") as started:
        base = re.search(r"http://localhost:(\d+)", started.until("/setup/once"))
        assert base
        port = int(base.group(1))
        assert serving.answers("127.0.0.1", port)
        started.process.send_signal(ending)
        assert started.process.communicate()[1] == ""
    assert started.process.returncode == 0
    assert serving.is_free("127.0.0.1", port)
    assert started.notes.read_text().splitlines()[:2] == [
        "-m assessment migrate | sqlite:////x y.db",
        f"-m assessment setup-link --base {base.group()} | sqlite:////x y.db",
    ]


def test_a_database_that_cannot_be_prepared_stops_the_start(tmp_path: Path) -> None:
    with Started(tmp_path / "x", "browser=False", BROKEN="1") as started:
        errors = started.process.communicate()[1]
    assert started.process.returncode == 1
    assert errors.splitlines() == [
        "The database is newer than this program.",
        "Tend has not been started; the reason stands above.",
    ]


def test_public_url_is_what_links_begin_with(tmp_path: Path) -> None:
    with Started(tmp_path / "x", "browser=False, demo=True", PUBLIC_URL="https://tend.example.org/") as started:
        assert "https://tend.example.org/setup/once" in started.until("/setup/once")


def test_a_server_that_is_not_well_does_not_count() -> None:
    class Ill(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(503)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with http.server.HTTPServer(("127.0.0.1", 0), Ill) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert not serving.answers("127.0.0.1", server.server_port)
        thread.join()
    assert not serving.answers("127.0.0.1", server.server_port)


# -- Locks ---------------------------------------------------------------------------------------------------------


def pins(file: str) -> dict[str, str]:
    """Read names and versions from a file of requirements."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[\w+\])?==([^\s;\\]+)", (ROOT / file).read_text(), re.MULTILINE)
    assert found
    return {name.lower().replace("_", "-"): version for name, version in found}


def test_the_locks_hold_what_was_pinned() -> None:
    assert pins("requirements.txt").items() <= pins("requirements.lock").items()
    assert pins("requirements-dev.txt").items() <= pins("requirements-dev.lock").items()
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_every_locked_package_has_hashes_and_no_lock_names_a_server() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text()
        assert "://" not in text
        entries = re.split(r"\n(?=[a-zA-Z])", text.split("\n", 2)[2])
        assert entries
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
