"""What every runner shares: how a run is measured and how its answer is printed."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def peak_mb() -> float:
    """Return the peak resident memory of this process (MB); `ru_maxrss` would include that of the process which started it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("/proc/self/status has no VmHWM: the memory benchmarks need Linux")


def measured(work: Callable[[], Any], n_events: int) -> dict[str, Any]:
    """Run `work` and return CPU time of all threads, wall time, CPU nanoseconds per event, and the peak memory (MB)."""
    wall = time.perf_counter()
    began = time.process_time()
    work()
    cpu = time.process_time() - began
    wall = time.perf_counter() - wall
    return {
        "cpu_s": cpu,
        "wall_s": wall,
        "ns": cpu * 1e9 / n_events,
        "peak_mb": peak_mb(),
    }


def in_child(work: Callable[[], Any]) -> None:
    """Run `work` in a child process, so that its memory does not count."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1] != 0:
        raise RuntimeError("preparing the data failed in the child process")


def import_time(statement: str) -> dict[str, Any]:
    """Return the CPU time of an import in a fresh interpreter, less that of an empty one.

    Bytecode is there, as it is of every package that pip installed, whatever the environment says of writing it.
    """
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**kept, "PYTHONPYCACHEPREFIX": folder}

        def once(code: str) -> float:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], check=True, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        once(statement)
        cpu = min(once(statement) for _ in range(3)) - min(once("pass") for _ in range(3))
    return {"cpu_s": cpu, "ns": cpu * 1e9}


def run_cli(version: str, arguments: list[str], cases: dict[str, Any]) -> None:
    """Run `CASE N` and print version and answer as JSON on the last line."""
    case, n = arguments[1], int(arguments[2])
    print(json.dumps({"version": version, **cases[case](n)}))
