#!/usr/bin/env python3
"""Set up, run and test Tend with nothing but Python: `python3 start.py` and `python3 start.py test`.

Standard library only. The syntax stays one that old Pythons can read, so that they can say what is missing.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("Tend needs Python 3.11 or newer; this is {}.{}. Try: python3.11 start.py".format(*sys.version_info))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCKS = [ROOT / "requirements.lock"]
TEST_LOCKS = [*LOCKS, ROOT / "requirements-dev.lock"]
NO_INSTALLER = (
    "This Python has no package installer (pip). Install it with `sudo apt install python3-venv` on Debian or Ubuntu, "
    "or your system's package of that purpose, and run the same command again."
)
NOT_INSTALLED = (
    "The packages could not be installed; the reason stands above. When it is mended (is the network there?), run the "
    "same command again: it begins anew and trusts nothing half-made."
)


class CannotStart(Exception):
    """What a person has to mend before Tend can run."""


# -- The environment ---------------------------------------------------------------------------------------------


def venv_python() -> str:
    """Return where `.venv` keeps its Python."""
    return str(VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python")


def base_python() -> str:
    """Return the Python behind us, also when we were started from an environment that may have to be rebuilt."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def child_environment(**more: str) -> dict[str, str]:
    """Return our environment without what would lead a child's Python or pip elsewhere."""
    astray = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    kept = {name: value for name, value in os.environ.items() if name not in astray}
    return {**kept, "PIP_USER": "0", "PYTHONUTF8": "1", **more}


def run(command: list[str], quiet: bool = False) -> bool:
    """Run a command from the checkout and tell whether it succeeded."""
    return subprocess.run(command, cwd=ROOT, env=child_environment(), capture_output=quiet).returncode == 0


def stamp() -> Path:
    """Return the file that says what `.venv` holds: removed before anything changes there, written when all is done."""
    return VENV / "tend-installed.json"


def wanted(locks: list[Path]) -> dict[str, str]:
    """Return what the stamp says when `locks` are installed here: their hashes, and where "here" is."""
    return {"place": str(VENV), **{lock.name: hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}}


def installed() -> dict[str, str]:
    """Return what was installed completely; nothing for an environment that is absent, half-made or broken."""
    try:
        found = dict(json.loads(stamp().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
    probe = "import importlib.util as u, sys; sys.exit(u.find_spec('streamlit') is None)"
    try:
        return found if run([venv_python(), "-c", probe], quiet=True) else {}
    except OSError:
        return {}


def ensure_environment(locks: list[Path]) -> None:
    """Make `.venv` hold what `locks` name, exactly; reuse it when it does already."""
    goal, found = wanted(locks), installed()
    if goal.items() <= found.items():
        return
    stamp().unlink(missing_ok=True)
    print("Installing into .venv; the first time takes a minute or two ...", flush=True)
    if not wanted(LOCKS).items() <= found.items():
        make_environment()
    if not any(all(run([*way, "--require-hashes", "-r", str(lock)]) for lock in locks) for way in installers()):
        raise CannotStart(NOT_INSTALLED)
    unfinished = stamp().with_suffix(".new")
    unfinished.write_text(json.dumps(goal), encoding="utf-8")
    unfinished.replace(stamp())


def make_environment() -> None:
    """Build an empty `.venv`: with uv where it is there, else with Python's own module."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    uv, base = shutil.which("uv"), base_python()
    if uv and run([uv, "venv", "--quiet", "--python", base, str(VENV)]):
        return
    venv = [base, "-m", "venv", "--clear", str(VENV)]
    if run(venv, quiet=True):
        return
    # Debian without python3-venv fails there and leaves a folder behind; its own pip can fill one that has none.
    if not run([base, "-m", "pip", "--version"], quiet=True):
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotStart(NO_INSTALLER)
    if not run([*venv, "--without-pip"]):
        raise CannotStart("Python could not make an environment in .venv; the reason stands above.")


def installers() -> list[list[str]]:
    """Return the commands that may install into `.venv`, best first: uv, its own pip or else the system's."""
    uv, python = shutil.which("uv"), venv_python()
    options = ["install", "--quiet", "--disable-pip-version-check", "--no-input"]
    own = [python, "-m", "pip", *options]
    if not run([python, "-m", "pip", "--version"], quiet=True):
        own = [base_python(), "-m", "pip", "--python", python, *options]
    return [[uv, "pip", "install", "--quiet", "--python", python], own] if uv else [own]


# -- The command line --------------------------------------------------------------------------------------------


def read_options(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Set up and run Tend.", epilog="`start.py test [pytest's options]` sets up and runs the tests."
    )
    parser.add_argument("--demo", action="store_true", help="run the sample alliance, in a database file of its own")
    parser.add_argument("--port", type=int, help="where to listen (default: the first free one from 8501 on)")
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets phones in the same network in")
    parser.add_argument("--database", metavar="FILE_OR_URL", help="a SQLite file or postgresql://user@host/name")
    parser.add_argument("--no-browser", action="store_true", help="do not open the first page")
    return parser.parse_args(arguments)


def run_tests(arguments: list[str]) -> int:
    """Prepare what the tests need and run them all, or those that `arguments` name to pytest."""
    ensure_environment(TEST_LOCKS)
    command = [venv_python(), "-m", "tests.provision", *arguments]
    return subprocess.run(command, cwd=ROOT, env=child_environment()).returncode


def run_tend(options: argparse.Namespace) -> int:
    """Prepare and run Tend until it is stopped."""
    ensure_environment(LOCKS)
    from assessment.serving import Wishes, serve

    wishes = Wishes(options.host, options.port, options.database, options.demo, not options.no_browser)
    return serve(wishes, venv_python(), child_environment())


def main(arguments: list[str]) -> int:
    """Do what the command line asks; return the exit status."""
    from assessment.errors import TendError

    try:
        return run_tests(arguments[1:]) if arguments[:1] == ["test"] else run_tend(read_options(arguments))
    except (CannotStart, TendError) as reason:
        print(f"\n{reason}", file=sys.stderr)
    except OSError as error:
        print(f"\nTend could not be set up: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
