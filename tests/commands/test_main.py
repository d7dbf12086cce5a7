"""What every command has in common: words, exit status, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.commands import COMMANDS, main
from assessment.settings import ROOT
from tests.commands.conftest import Tend


def python_m(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assessment", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert command in capsys.readouterr().out


def test_the_list_of_commands_is_shown() -> None:
    shown = python_m("--help")
    assert shown.returncode == 0
    assert all(command in shown.stdout for command in COMMANDS)


@pytest.mark.parametrize(
    "words", [[], ["sing"], ["seal"], ["release", "Spring", "--format", "pdf"], ["codes", "--count"]]
)
def test_wrong_words_end_with_status_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2


def test_a_failure_is_one_sentence_without_a_traceback(tmp_path: Path) -> None:
    said = python_m("seal", "Spring", DATABASE_URL=f"sqlite:///{tmp_path / 'gone.db'}")
    assert said.returncode == 2
    assert "Traceback" not in said.stderr
    assert "cannot be reached" in said.stderr
    assert said.stdout == ""


def test_an_unusable_setting_is_told(tend: Tend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://x")
    status, _, err = tend("migrate")
    assert (status, err.split(".")[0]) == (2, "DATABASE_URL begins with 'mysql'")


def test_a_reader_who_goes_away_is_no_traceback(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tend.db'}"
    read, write = os.pipe()
    os.close(read)
    try:
        said = subprocess.run(
            [sys.executable, "-m", "assessment", "migrate"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url},
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(write)
    assert said.returncode == 2
    assert said.stderr == "The output was closed before everything was written.\n"


def test_names_in_every_script_can_be_written_under_an_old_code_page(tmp_path: Path) -> None:
    folder = tmp_path / "Übung-名"
    folder.mkdir()
    said = python_m("doctor", DATABASE_URL=f"sqlite:///{folder / 'tend.db'}", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "Traceback" not in said.stderr
    assert said.returncode == 1


def test_stopping_by_hand_is_told(tend: Tend, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_url: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assessment.commands.migrate.migrate", interrupt)
    assert tend("migrate") == (130, "", "Stopped. Whatever was not finished was not kept.\n")
