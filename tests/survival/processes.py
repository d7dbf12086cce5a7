"""Tend's server, and pieces of its work, as processes that can be killed at any moment and started anew at once.

Importing everything takes seconds, so that a nursery does it once: each process is forked from it, reads its settings
itself, makes its own connections, has its own memory, and dies alone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"

# Takes one wish a line, as JSON: what, words, environment. Answers with a process, or with how one ended.
NURSERY = """
import importlib, json, os, signal, socket, sys
import app, uvicorn
from assessment.storage.engine import open_store
from assessment.ui import instance
def serve(port):
    open_store.cache_clear()
    instance.settings.cache_clear()
    served = importlib.reload(app).app
    if "TEND_WATCH" in os.environ:
        importlib.import_module("tests.survival.watch").transactions(os.environ["TEND_WATCH"])
    settings = uvicorn.Config(served, log_level="error", lifespan="on")
    own = listening.get(int(port)) or socket.create_server(("127.0.0.1", int(port)))
    uvicorn.Server(settings).run(sockets=[own])
def do(module, function, *words):
    getattr(importlib.import_module(module), function)(*words)
def begin(work, words, environment):
    child = os.fork()
    if child == 0:
        os.environ.update(environment)
        try:
            work(*words)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    living.add(child)
    return child
def listen(environment):
    made = socket.create_server(("127.0.0.1", 0), backlog=256)
    listening[made.getsockname()[1]] = made
    return made.getsockname()[1]
def ended(child):
    living.discard(int(child))
    return os.waitstatus_to_exitcode(os.waitpid(int(child), 0)[1])
def kill(child, environment):
    os.kill(int(child), signal.SIGKILL)
    return ended(child)
wishes = {
    "listen": listen,
    "kill": kill,
    "wait": lambda child, environment: ended(child),
    "serve": lambda *words, environment: begin(serve, words, environment),
    "do": lambda *words, environment: begin(do, words, environment),
}
listening, living = {}, set()
print("ready", flush=True)
for line in sys.stdin:
    what, words, environment = json.loads(line)
    print(wishes[what](*words, environment=environment), flush=True)
for child in living:  # who started us has ended
    os.kill(child, signal.SIGKILL)
"""


class Nursery:
    """Start what can be killed; `with Nursery() as nursery`."""

    def __init__(self) -> None:
        self._living: set[int] = set()

    def __enter__(self) -> Nursery:
        # The first import of the app wants a database's address; nothing is opened there.
        settings = {**os.environ, "DATABASE_URL": "sqlite:////nowhere/tend.db"}
        settings.pop("PUBLIC_URL", None)
        command, pipe = [sys.executable, "-c", NURSERY], subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, env=settings, stdin=pipe, stdout=pipe, text=True)
        self._read()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in list(self._living):
            os.kill(process, signal.SIGKILL)
        self._process.kill()
        self._process.communicate()

    def listen(self) -> int:
        """Return a port whose requests wait in line until a server takes them."""
        return self._ask("listen")

    def serve(self, port: int, database_url: str, **settings: str) -> int:
        """Start a server and return its process: on a port of ours, or on its own, which closes with it."""
        return self._begin("serve", str(port), DATABASE_URL=database_url, **settings)

    def do(self, module: str, function: str, *words: str) -> int:
        """Start a function with words in a process of its own, and return it."""
        return self._begin("do", module, function, *words)

    def kill(self, process: int) -> bool:
        """End a process at once and without a last word; tell whether it was still at work."""
        self._living.discard(process)
        return self._ask("kill", str(process)) == -signal.SIGKILL

    def wait(self, process: int) -> int:
        """Let a process finish and return its exit status."""
        self._living.discard(process)
        return self._ask("wait", str(process))

    def _begin(self, what: str, *words: str, **environment: str) -> int:
        process = self._ask(what, *words, **environment)
        self._living.add(process)
        return process

    def _ask(self, what: str, *words: str, **environment: str) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([what, words, environment]) + "\n")
        self._process.stdin.flush()
        return int(self._read())

    def _read(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the nursery ended; its reason stands above")
        return line
