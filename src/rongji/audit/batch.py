"""Many files: a few worker processes, one file each at a time; a file that kills or stalls its worker costs itself."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from rongji.audit.job import Job, done, refused
from rongji.audit.results import Brief, sweep

SECONDS_PER_FILE = 120
HUNG = "核对超过 {seconds} 秒仍没有结果，已停止。文件可能过大或损坏，请另存后再试"
DIED = "读取时程序意外退出，文件可能已损坏。请另存为其他格式后再试"
_COMMAND = (sys.executable, "-m", "rongji.audit.worker")


def audit_batch(jobs: Sequence[Job], workers: int, seconds: int = SECONDS_PER_FILE) -> Iterator[tuple[int, Brief]]:
    """The number of each file and what came of it, as they finish; one file alone needs no process of its own.

    Raises: OSError when results cannot be written (disk full, no rights).
    """
    if len(jobs) == 1:
        yield 0, done(jobs[0])
        return
    yield from _in_processes(jobs, workers, seconds)


def audit_apart(job: Job, seconds: int = SECONDS_PER_FILE) -> Brief:
    """One file in a process of its own, for a service that must survive whatever it is given.

    Raises: OSError when the result cannot be written.
    """
    return next(brief for _, brief in _in_processes([job], 1, seconds))


def _in_processes(jobs: Sequence[Job], workers: int, seconds: int) -> Iterator[tuple[int, Brief]]:
    pool = _Pool(jobs, min(workers, len(jobs)), seconds)
    try:
        yield from pool.answers()
    finally:
        pool.stop()


def in_order(found: Iterable[tuple[int, Brief]]) -> Iterator[Brief]:
    """The same in the order in which the files were named; what finished early waits."""
    waiting: dict[int, Brief] = {}
    due = 0
    for number, brief in found:
        waiting[number] = brief
        while due in waiting:
            yield waiting.pop(due)
            due += 1


class _Pool:
    """Threads that each keep one worker process busy."""

    def __init__(self, jobs: Sequence[Job], workers: int, seconds: int) -> None:
        self.jobs = jobs
        self.seconds = seconds
        self.ahead: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(len(jobs)):
            self.ahead.put(number)
        self.found: queue.SimpleQueue[tuple[int, Brief | OSError]] = queue.SimpleQueue()
        self.folders = sorted({Path(name) for job in jobs for name in (job.folder, job.pages, job.parts) if name})
        self.stopping = threading.Event()
        self.keepers = [_Keeper(self) for _ in range(workers)]

    def answers(self) -> Iterator[tuple[int, Brief]]:
        """Every file's outcome."""
        for keeper in self.keepers:
            keeper.start()
        for _ in self.jobs:
            number, brief = self.found.get()
            if isinstance(brief, OSError):
                raise brief
            yield number, brief

    def stop(self) -> None:
        """End the processes that this pool started."""
        self.stopping.set()
        for keeper in self.keepers:
            keeper.end()


class _Keeper(threading.Thread):
    """Hands files to one worker; starts another worker when that one died or had to be stopped."""

    def __init__(self, pool: _Pool) -> None:
        super().__init__(daemon=True)
        self.pool = pool
        self.process: subprocess.Popen[str] | None = None
        self.lock = threading.Lock()

    def run(self) -> None:
        """Until no file is left."""
        while not self.pool.stopping.is_set():
            try:
                number = self.pool.ahead.get_nowait()
            except queue.Empty:
                break
            self.pool.found.put((number, self._outcome(self.pool.jobs[number])))
        self.end()

    def end(self) -> None:
        """Stop the worker, whatever it does."""
        with self.lock:
            if self.process is not None:
                self.process.kill()
                self.process.wait()
                for folder in self.pool.folders:
                    sweep(folder, self.process.pid)
                for pipe in (self.process.stdin, self.process.stdout):
                    _close(pipe)
                self.process = None

    def _outcome(self, job: Job) -> Brief | OSError:
        hung = threading.Event()
        try:
            told = self._asked(job, hung)
        except OSError as error:
            return error
        if told is None and not self.pool.stopping.is_set():
            self.end()
            why = HUNG.format(seconds=self.pool.seconds) if hung.is_set() else DIED
            try:
                return refused(job, why)
            except OSError as error:
                return error
        if told is None:
            return OSError("stopped")
        return OSError(*told["trouble"]) if "trouble" in told else Brief(**told["done"])

    def _asked(self, job: Job, hung: threading.Event) -> dict[str, Any] | None:
        """The worker's answer; None when it died over the file or was stopped because it took too long."""
        process = self._worker()
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:
            return None

        def give_up() -> None:
            hung.set()
            process.kill()

        timer = threading.Timer(self.pool.seconds, give_up)
        timer.start()
        try:
            stdin.write(json.dumps(job.as_json()) + "\n")
            stdin.flush()
            line = stdout.readline()
        except (BrokenPipeError, ValueError):  # it died, or was ended while we wrote
            return None
        finally:
            timer.cancel()
        told: dict[str, Any] | None = json.loads(line) if line.endswith("\n") else None
        return told

    def _worker(self) -> subprocess.Popen[str]:
        with self.lock:
            if self.process is None:
                self.process = subprocess.Popen(
                    _COMMAND,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    encoding="utf-8",
                    start_new_session=True,  # Ctrl+C at the terminal is for us; a worker ends when we end it
                )
            return self.process


def _close(pipe: IO[str] | None) -> None:
    if pipe is not None:
        try:
            pipe.close()
        except BrokenPipeError:  # what was still to be sent has nobody to go to
            return
