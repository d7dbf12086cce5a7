"""Servers to measure: Tend as `start.py` runs it, and a plain Starlette; each ends with its `with`."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from assessment.errors import TendError
from assessment.serving import server_command
from assessment.settings import ROOT
from benchmarks.hall import Plan, Seen

PATIENCE = 120.0
HERE = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    """A server that answers on this machine."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://{HERE}:{self.port}"

    def hall(self, phones: Sequence[Sequence[str]], *, within: float = 0.0, fresh: bool = False) -> Seen:
        """Let a hall of phones send their requests, from a process of its own, and return what became of them."""
        with tempfile.TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.json"
            plan.write_text(json.dumps(asdict(Plan(self.port, phones, within, fresh))), encoding="utf-8")
            command = [sys.executable, "-m", "benchmarks.hall", str(plan)]
            seen = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
        return Seen(**json.loads(seen))

    def worked(self) -> float | None:
        """Return the seconds of processor time that the server has used; None where the system does not tell."""
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return None
        fields = stat.rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def tend(url: str, extra: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve an instance as `start.py` does, in one process."""
    port = _free_port()
    command = server_command(sys.executable, HERE, port)
    with _started(command, port, "/_stcore/health", {"DATABASE_URL": url, **(extra or {})}) as server:
        yield server


@contextmanager
def streamlit(script: str) -> Iterator[Server]:
    """Let Streamlit run one script of ours alone, with the product's settings."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.address", HERE, "--server.port", str(port)]
    with _started(command, port, "/_stcore/health", {}) as server:
        yield server


@contextmanager
def hello() -> Iterator[Server]:
    """Serve the plain page."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "benchmarks.hello:app", "--host", HERE, "--port", str(port)]
    with _started([*command, "--no-access-log", "--log-level", "warning"], port, "/hello", {}) as server:
        yield server


@contextmanager
def slow_disk(milliseconds: float) -> Iterator[dict[str, str] | None]:
    """Give the settings that make each fsync of a process take so long; None where no C compiler is to be had."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or sys.platform != "linux":
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "slowfsync.so"
        source = ROOT / "benchmarks" / "slowfsync.c"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
        yield {"LD_PRELOAD": str(library), "FSYNC_MS": str(milliseconds)}


@contextmanager
def _started(command: list[str], port: int, healthy: str, extra: Mapping[str, str]) -> Iterator[Server]:
    settings = {**os.environ, **extra}
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        _wait(process, port, healthy)
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, healthy: str) -> None:
    late = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < late:
        try:
            connection = http.client.HTTPConnection(HERE, port, timeout=5)
            connection.request("GET", healthy)
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise TendError("The server to measure did not come up.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])
