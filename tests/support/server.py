"""The dashboard as a process of its own, on a store of its own."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.hygiene import PROJECT

LONGEST_START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A dashboard that answers at `address` and shows what lies in `store`."""

    address: str
    store: Path
    log: Path


@contextlib.contextmanager
def dashboard(store: Path, log: Path) -> Iterator[Server]:
    """A running dashboard on a free port of this machine, ended on leaving."""
    port = _free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_command(), "--server.port", str(port)],
            cwd=PROJECT,
            env=os.environ | {"OUTCOMES_STORE": str(store)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", store, log)
    try:
        _wait_until_it_answers(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _command() -> list[str]:
    options = {
        "--server.headless": "true",
        "--server.address": "127.0.0.1",
        "--browser.gatherUsageStats": "false",
        "--server.fileWatcherType": "none",
    }
    flags = [text for option in options.items() for text in option]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *flags]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_it_answers(server: Server, process: subprocess.Popen) -> None:
    until = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if _answers(server.address):
            return
        time.sleep(0.1)
    raise AssertionError(f"The dashboard did not start:\n{server.log.read_text(errors='replace')}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
            return True
    except OSError:
        return False
