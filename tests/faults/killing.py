"""Killing a process at each step of its work, or failing its system calls, one run after another.

The work runs in a forked child. Without tools its steps are its own calls of fsync, its SQL
statements and its commits; with strace also every fsync that SQLite makes inside a commit, and the
errors that a full or dying disk returns.
"""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import count, groupby
from pathlib import Path
from sqlite3 import dbapi2
from typing import Any, NoReturn

import psycopg

Report = Callable[[str], object]
Work = Callable[[Report], None]

STEPS = "steps"
KILL = "fsync,fdatasync:signal=KILL"
FAILING_SYNC = "fsync,fdatasync:error=EIO"
FULL_DISK = "pwrite64:error=ENOSPC"

# A work that no fault strikes: its writes and what ends each row of them.
REHEARSAL = "fsync,fdatasync,pwrite64"
# More writes than any work has, and the most that strace can count to.
BEYOND = 65_535
_CALL = re.compile(r"\b(fsync|fdatasync|pwrite64)\((\d+)")


def _strace_works() -> bool:
    if shutil.which("strace") is None:
        return False
    probe = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return probe.returncode == 0


STRACE = _strace_works()
FAULTS = [STEPS, KILL, FAILING_SYNC, FULL_DISK] if STRACE else [STEPS]


def each_fault(
    fault: str, folder: Path, prepare: Callable[[], object], work: Work, every: int = 1
) -> Iterator[set[str]]:
    """Run `work` from the state that `prepare` makes, failing at step 1, 2, 3 … until none is left.

    A disk is full at the first, a middle and the last of the writes that one commit makes in one
    file: to the program they are alike. `every`: fail only at each so-manieth step, where a work
    has very many that are alike. Gives what `work` had reported as done each time; the last time
    nothing failed.
    """
    numbers: Iterable[int] = count(1, every)
    if fault == FULL_DISK:
        prepare()
        numbers = [*_writes_to_strike(work, folder), BEYOND]
    for number in numbers:
        prepare()
        done, trace = folder / f"done-{number}", folder / f"trace-{number}"
        done.touch()
        struck = _run(fault, number, work, done, trace)
        yield set(done.read_text("utf-8").split())
        if not struck:
            return


def _writes_to_strike(work: Work, folder: Path) -> list[int]:
    """The numbers of the first, the middle and the last write of each row of writes to a file."""
    done, trace = folder / "done-rehearsal", folder / "trace-rehearsal"
    done.touch()
    _run(REHEARSAL, 0, work, done, trace)
    calls, written = _CALL.findall(trace.read_text("utf-8", "replace")), count(1)
    numbered = [(*call, next(written) if call[0] == "pwrite64" else 0) for call in calls]
    struck: set[int] = set()
    for (name, _file), row in groupby(numbered, key=lambda call: call[:2]):
        numbers = [number for *_call, number in row]
        if name == "pwrite64":
            struck |= {numbers[0], numbers[len(numbers) // 2], numbers[-1]}
    return sorted(struck)


def _run(fault: str, number: int, work: Work, done: Path, trace: Path) -> bool:
    """Whether the fault struck before the work was over."""
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go)
        os.read(ready, 1)
        _work_and_exit(fault, number, work, done)
    os.close(ready)
    if fault == STEPS:
        os.close(go)
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with _attached(fault, number, child, trace) as tracer:
        os.close(go)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        tracer.wait()
    return killed or "INJECTED" in trace.read_text("utf-8")


def _attached(fault: str, number: int, child: int, trace: Path) -> "subprocess.Popen[str]":
    calls = fault.partition(":")[0]
    struck = () if fault == REHEARSAL else ("-e", f"inject={fault}:when={number}")
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(child), "-o", str(trace), "-e", f"trace={calls}", *struck],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr is not None
    assert "attached" in tracer.stderr.readline()
    return tracer


def _work_and_exit(fault: str, number: int, work: Work, done: Path) -> NoReturn:
    """What the child does. It never returns into the test that forked it."""
    with suppress(Exception):
        if fault == STEPS:
            _die_at_step(number)
        report = os.open(done, os.O_WRONLY | os.O_APPEND)
        work(lambda word: os.write(report, f"{word}\n".encode()))
    os._exit(0)


def _die_at_step(number: int) -> None:
    left = number

    def step(_statement: str = "") -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    _step_in_files(step)
    _step_in_postgresql(step)


def _step_in_files(step: Callable[..., None]) -> None:
    real_fsync, real_connect = os.fsync, sqlite3.connect

    def fsync(descriptor: int) -> None:
        step()
        real_fsync(descriptor)

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = real_connect(*arguments, **options)
        connection.set_trace_callback(step)
        return connection

    os.fsync = fsync
    sqlite3.connect = dbapi2.connect = connect


def _step_in_postgresql(step: Callable[..., None]) -> None:
    """Before each statement that writes, and before and after each commit.

    Before a reading it is as after the writing that went before.
    """
    real_commit = psycopg.Connection.commit

    def commit(connection: Any) -> None:
        step()
        real_commit(connection)
        step()

    def stepped(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(cursor: Any, query: Any, *arguments: Any, **options: Any) -> Any:
            if not str(query).startswith("SELECT"):
                step()
            return real(cursor, query, *arguments, **options)

        return call

    psycopg.Connection.commit = commit  # type: ignore[method-assign]  # in this process alone
    for name in ("execute", "executemany"):
        setattr(psycopg.Cursor, name, stepped(getattr(psycopg.Cursor, name)))
