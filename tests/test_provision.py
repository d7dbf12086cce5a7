"""What the tests need is provided or plainly missed; a test that lacks it fails and is never skipped."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import provision
from tests.conftest import drives_a_browser
from tests.provision import Need

ROOT = Path(provision.__file__).resolve().parent.parent
SHARED = ["--dist", "loadgroup", "--no-loadscope-reorder"]
ASKING = """
def test_a(chromium_path): pass
def test_b(browser): pass
def test_c(postgres_url): pass
def test_d(database_url): pass
"""


def test_without_a_browser_and_a_server_tests_fail_and_none_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "test_asking.py").write_text(ASKING)
    nothing = {
        "PYTHONPATH": str(ROOT),
        "PATH": "",
        "TEND_CHROMIUM": "/no/chromium",
        "TEND_POSTGRES_BINARIES": "/no/server",
    }
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-q"]
    done = subprocess.run(command, cwd=tmp_path, env=nothing, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("1 passed, 4 errors")  # the one that passes has SQLite
    assert "No Chromium here. `python3 start.py test` provides one" in done.stdout


def test_what_is_missing_is_said_and_nothing_is_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Need("HERE", [lambda: Path(sys.executable)], provision.says_its_version, "not said")
    gone = Need("GONE", [lambda: None, lambda: Path("/no/such/program")], provision.says_its_version, "Missing: it.")
    monkeypatch.setattr(provision, "needs", lambda: [here, gone])
    monkeypatch.setattr(provision, "passes", lambda *_: pytest.fail("ran a check"))
    assert provision.main([]) == 1
    assert capsys.readouterr().err == "Missing: it.\n"


@pytest.mark.parametrize(
    ("arguments", "ran"), [([], ["ruff", "mypy", "tests.known_holes", "pytest"]), (["-k", "x"], ["pytest"])]
)
def test_one_check_that_is_not_content_fails_the_whole(
    arguments: list[str], ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checks: list[str] = []

    def note(check: list[str], environment: dict[str, str]) -> bool:
        checks.append(check[0])
        return check[0] != ran[0]

    monkeypatch.setattr(provision, "needs", list)
    monkeypatch.setattr(provision, "passes", note)
    assert provision.main(arguments) == 1
    assert checks == ran


@pytest.mark.parametrize(("cores", "at_once"), [(1, None), (2, "2"), (4, "4"), (64, "4")])
def test_the_whole_suite_runs_on_every_core_but_a_few_tests_do_not(
    cores: int, at_once: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(provision, "needs", list)
    monkeypatch.setattr(provision, "passes", lambda check, _: not ran.append(check))
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(cores), raising=False)
    provision.main([])
    provision.main(["tests/x", "-q"])
    *_, whole, few = ran
    assert few == ["pytest", "tests/x", "-q"]
    assert whole[1:3] == (["-n", at_once] if at_once else [])
    assert at_once is None or whole[3:] == SHARED


def test_browser_tests_share_no_group_with_others(request: pytest.FixtureRequest) -> None:
    marked = [(item.get_closest_marker("xdist_group"), drives_a_browser(item)) for item in request.session.items]
    kinds = {(mark.args[0], drives) for mark, drives in marked if mark}
    assert kinds
    assert len({group for group, _ in kinds}) == len(kinds)


def test_a_file_stays_in_one_process() -> None:
    files = ["tests/questionnaire/test_damage.py", "tests/questionnaire/test_measures.py", "tests/test_settings.py"]
    command = [sys.executable, "-m", "pytest", *files, "-v", "-p", "no:cacheprovider", "-n", "2", *SHARED]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300).stdout
    ran = set(re.findall(r"\[(gw\d)\].* (tests/[\w/]+\.py)::", said))
    assert {file for _, file in ran} == set(files), said
    assert len(ran) == len(files)


def test_the_next_way_is_tried_where_one_does_not_work(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    ways = [lambda: None, lambda: broken, lambda: Path(sys.executable)]
    assert provision.first_that_works(Need("X", ways, provision.says_its_version, "")) == Path(sys.executable)


def test_a_server_that_the_person_names_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEND_POSTGRES", raising=False)
    all_needs = [need.setting for need in provision.needs()]
    monkeypatch.setenv("TEND_POSTGRES", "postgresql://tend@db/postgres")
    assert [need.setting for need in provision.needs()] == all_needs[:-1]
    assert all_needs[-1] == "TEND_POSTGRES_BINARIES"


def test_an_unpacked_program_finds_the_libraries_that_came_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "kept here" / "thing" / "usr" / "bin" / "thing"

    def unpack(command: list[str], **_: object) -> None:
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text('#!/bin/sh\necho "$LD_LIBRARY_PATH $1"\n')
        program.chmod(0o755)
        (program.parents[1] / "lib").mkdir()
        (program.parents[1] / "lib" / "libthing.so.1").touch()

    def fetch(package: str, parcels: Path) -> bool:
        parcels.mkdir(parents=True)
        (parcels / "thing.deb").touch()
        return True

    monkeypatch.setattr(provision, "KEPT", tmp_path / "kept here")
    monkeypatch.setattr(provision, "fetch", fetch)
    monkeypatch.setattr("shutil.which", lambda name: name)
    with monkeypatch.context() as while_unpacking:
        while_unpacking.setattr("subprocess.run", unpack)
        launcher = provision.unpacked("thing", "usr/bin/thing")
    assert launcher is not None
    said = subprocess.run([str(launcher), "hello"], capture_output=True, text=True).stdout
    assert said == f"{program.parents[1] / 'lib'} hello\n"
