"""nginx before several processes of Tend, with the configuration that we hand out."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType

import pytest

from tests.survival.processes import HOST, ROOT

HANDED_OUT = ROOT / "deploy" / "nginx"
WHOLE = """
daemon off;
worker_processes 1;
pid {home}/pid;
error_log stderr crit;
{user}
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/tend.conf;
    include {home}/upstreams.conf;
    server {{
        listen {host}:{port};
        add_header Answered-By $upstream_addr always;
        include {home}/locations.conf;
    }}
}}
"""


def nginx() -> str:
    """Return the nginx to use: `TEND_NGINX`, or the one that is installed."""
    usual = ("nginx", "/usr/sbin/nginx", str(Path(sys.prefix) / "programs" / "nginx" / "launch"))
    found = os.environ.get("TEND_NGINX") or next(filter(None, map(shutil.which, usual)), None)
    if not found:
        pytest.fail("No nginx here. `python3 start.py test` provides one, or set TEND_NGINX to its path.")
    return found


class Proxy:
    """nginx on a port of its own before two processes; `with Proxy(home, (8501, 8502)) as proxy`."""

    def __init__(self, home: Path, behind: tuple[int, int]) -> None:
        self.port = free_port()
        for name in ("tend.conf", "upstreams.conf", "locations.conf"):
            written = (HANDED_OUT / name).read_text(encoding="utf-8")
            for place, port in zip(("8501", "8502"), behind, strict=True):
                written = written.replace(f"{HOST}:{place}", f"{HOST}:{port}")
            (home / name).write_text(written, encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        self._settings = home / "nginx.conf"
        self._settings.write_text(WHOLE.format(home=home, host=HOST, port=self.port, user=user), encoding="utf-8")

    def __enter__(self) -> Proxy:
        command = [nginx(), "-c", str(self._settings), "-p", str(self._settings.parent), "-e", "stderr"]
        self._process = subprocess.Popen(command)
        wait_for_port(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()


def free_port() -> int:
    """Return a port that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int) -> None:
    """Return once somebody listens there."""
    while True:
        try:
            socket.create_connection((HOST, port), timeout=60).close()
        except ConnectionRefusedError:
            continue
        return


def upstream_ports() -> list[list[str]]:
    """Return the ports in each list of processes that we hand out."""
    lists = re.findall(r"upstream \w+ \{(.*?)\}", (HANDED_OUT / "upstreams.conf").read_text(), re.DOTALL)
    return [re.findall(r"server [\d.]+:(\d+)", each) for each in lists]
