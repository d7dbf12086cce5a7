"""Run the prepared Tend on this machine: an address, the database, the first link, the server.

Standard library only: `start.py` calls this with the Python it was started by, outside the environment it made.
"""

from __future__ import annotations

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessment.errors import TendError
from assessment.network import network_addresses
from assessment.settings import public_url, sqlite_url

ROOT = Path(__file__).resolve().parent.parent
FIRST_PORT = 8501
PORTS_TRIED = 100
PATIENCE = 120  # seconds that a slow machine may take until the server answers
FAREWELL = 10  # seconds that the server gets to end what it is doing
LOCAL = "127.0.0.1"
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - what a person may ask for with --host


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who starts Tend asked for on the command line; None means: choose."""

    host: str = LOCAL
    port: int | None = None
    database: str | None = None
    demo: bool = False
    browser: bool = True


def serve(wishes: Wishes, python: str, environment: Mapping[str, str]) -> int:
    """Migrate, start the server with `python`, open the first page, stay until it ends; return its exit status.

    Raise TendError when the address cannot be had, a command of Tend's failed or the server does not come up.
    """
    port = choose_port(wishes.host, wishes.port)
    settings = {**environment, **database_setting(wishes)}
    public = public_url(settings)
    addresses = [public] if public else base_addresses(wishes.host, port)
    ask_tend(["migrate"], python, settings)
    link = ask_tend(["demo" if wishes.demo else "setup-link", "--base", addresses[0]], python, settings)
    server = launch(server_command(python, wishes.host, port), settings)
    try:
        wait_until_it_answers(server, wishes.host, port)
        announce(addresses, link, wishes.demo)
        if wishes.browser and can_show_pages():
            webbrowser.open(link or addresses[0])
        return server.wait()
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        stop(server)


def choose_port(host: str, asked: int | None) -> int:
    """Return the port that was asked for, or the first free one from 8501 on, saying so."""
    if asked is not None:
        if not 1 <= asked <= 65535:
            raise TendError(f"{asked} is no port. Ports go from 1 to 65535.")
        if not is_free(host, asked):
            raise TendError(f"Port {asked} is taken by another program. Choose another one, or leave --port away.")
        return asked
    free = next((port for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if is_free(host, port)), None)
    if free is None:
        raise TendError(f"No free port from {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1}. Name one with --port.")
    if free != FIRST_PORT:
        print(f"Port {FIRST_PORT} is taken by another program; using {free}.")
    return free


def is_free(host: str, port: int) -> bool:
    """Tell whether we could listen there; raise TendError where this machine does not let us at all."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if os.name != "nt":  # a port that a server has just left counts as free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        reason = f"Cannot listen on {host}, port {port}: {error.strerror}."
        raise TendError(f"{reason} Leave --host and --port away, or choose a port above 1023.") from error
    return True


def base_addresses(host: str, port: int) -> list[str]:
    """Return the addresses under which a browser finds us, the one to hand out first."""
    names = [host]
    if host in EVERYWHERE:
        names = [*network_addresses(), "localhost"]
    elif host == LOCAL:
        names = ["localhost"]
    return [f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}" for name in names]


def database_setting(wishes: Wishes) -> dict[str, str]:
    """Return the setting that names the wished database; nothing when the settings as they are shall decide."""
    wished = wishes.database or (str(ROOT / "data" / "demo.db") if wishes.demo else None)
    if wished is None:
        return {}
    return {"DATABASE_URL": wished if "://" in wished else sqlite_url(Path(wished).expanduser().absolute())}


def server_command(python: str, host: str, port: int) -> list[str]:
    """Return the command that serves both doors."""
    address = ["--server.port", str(port), "--server.address", host]
    return [python, "-m", "streamlit", "run", str(ROOT / "app.py"), *address]


def launch(command: list[str], settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the server in a process group of its own, so that Ctrl-C reaches it once, through us.

    Every other polite way of ending us becomes a Ctrl-C, so that the server never stays behind; what the
    starter of this process chose to ignore (`nohup`) stays ignored.
    """
    for name in {"SIGTERM", "SIGHUP"} & set(signal.Signals.__members__):
        if signal.getsignal(signal.Signals[name]) is not signal.SIG_IGN:
            signal.signal(signal.Signals[name], signal.default_int_handler)
    group = None if os.name == "nt" else 0
    return subprocess.Popen(command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, process_group=group)


def ask_tend(command: list[str], python: str, settings: Mapping[str, str]) -> str:
    """Run one of Tend's own commands and return what it printed; when it fails it has said why itself."""
    whole = [python, "-m", "assessment", *command]
    done = subprocess.run(whole, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if done.returncode != 0:
        raise TendError("Tend has not been started; the reason stands above.")
    return done.stdout.strip()


def wait_until_it_answers(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Return once the server serves; raise TendError when it ended or stays silent."""
    late = time.monotonic() + PATIENCE
    while not answers(LOCAL if host in EVERYWHERE else host, port):
        if server.poll() is not None:
            raise TendError("The server ended while starting; the reason stands above.")
        if time.monotonic() > late:
            raise TendError(f"The server did not answer within {PATIENCE} seconds.")
        time.sleep(0.1)


def answers(host: str, port: int) -> bool:
    """Tell whether a server there says that it is well."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(addresses: list[str], link: str, demo: bool) -> None:
    """Say where Tend is to be found."""
    print("\nTend is running. Ctrl-C ends it.\n")
    for address in addresses:
        print(f"  Coordinators  {address}\n  Members       {address}/join\n")
    if link:
        print("  Look around as a coordinator:" if demo else "  Set Tend up with this link, which works once:")
        print(f"  {link}\n")
    sys.stdout.flush()


def can_show_pages() -> bool:
    """Tell whether a browser window could open: never start a text browser in somebody's terminal."""
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, insisting when it does not go; nothing happens when it has ended."""
    server.terminate()
    try:
        server.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
