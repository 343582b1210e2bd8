"""A PDF that may do harm, read in a process of its own: with little memory, and stopped when a page takes too long.

Run as a program it reads one file, by its path, and writes one line of JSON for each page, or one refusal.
"""

import contextlib
import json
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from rongji.documents.readers.model import UnreadableDocument
from rongji.documents.readers.pdf_raw import RawPage, as_json, from_json, raw_pages

_SECONDS_A_PAGE = 1  # of the processor, and the rest of the second in which they begin
_LONGEST_WAIT = 15.0  # seconds by the clock, for a machine that has much else to do or counts no processor time
_MEMORY = 1536 * 1024 * 1024
_LONGEST_LINE = 64 * 1024 * 1024

_OUT_OF_TIME = getattr(signal, "SIGXCPU", 0)

Message = dict[str, Any]
_Lines = queue.Queue[bytes]


def pages_apart(data: bytes, file: str) -> Iterator[RawPage]:
    """Every page of the file, one at a time.

    Raises: UnreadableDocument, also when a page is not read in time or the process broke down over it.
    """
    return (from_json(message) for message in messages_apart(__name__, data, file))


def messages_apart(module: str, data: bytes, file: str, *arguments: str) -> Iterator[Message]:
    """What a module, run as a program over the file, says about each page. Raises: UnreadableDocument."""
    with tempfile.TemporaryDirectory(prefix="rongji-pdf-") as folder:
        path = Path(folder) / "file.pdf"
        path.write_bytes(data)
        command = [sys.executable, "-m", module, str(path), *arguments]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            yield from _messages(process, file)
        finally:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


def _messages(process: "subprocess.Popen[bytes]", file: str) -> Iterator[Message]:
    lines: _Lines = queue.Queue(maxsize=4)
    stop = threading.Event()
    threading.Thread(target=_pass_on, args=(process.stdout, lines, stop), daemon=True).start()
    number = 1
    try:
        while message := _next(lines):
            if "refusal" in message:
                raise UnreadableDocument(file=file, reason=message["refusal"])
            if message.get("is_end"):
                return
            yield message
            number += 1
    finally:
        stop.set()
    raise UnreadableDocument(file=file, reason=_why_ended(process, number))


def _next(lines: _Lines) -> Message:
    """The next message; empty when there is none: the process ended or says nothing more."""
    try:
        line = lines.get(timeout=_LONGEST_WAIT)
    except queue.Empty:
        return {}
    message: Message = json.loads(line) if line.endswith(b"\n") else {}
    return message


def _why_ended(process: "subprocess.Popen[bytes]", number: int) -> str:
    """What to say of a process that ended, or did not, before it had said everything."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        if process.wait(timeout=1) != -_OUT_OF_TIME:
            return f"第{number}页已损坏，请用原来的软件重新导出 PDF"
    return f"第{number}页的内容异常庞大，在限定时间内读不完，请用原来的软件重新导出 PDF"


def _pass_on(source: IO[bytes], lines: _Lines, stop: threading.Event) -> None:
    """Lines from the process into the queue until it ends or nobody wants them any more."""
    while not stop.is_set():
        try:
            line = source.readline(_LONGEST_LINE)
        except (OSError, ValueError):
            line = b""
        while not stop.is_set():
            with contextlib.suppress(queue.Full):
                lines.put(line, timeout=0.2)
                break
        if not line:
            return


def say_apart(messages: Iterator[Message]) -> None:
    """The other side: write messages to the standard output, in little memory and little time for each."""
    _limit("RLIMIT_AS", _MEMORY)
    try:
        _limit("RLIMIT_CPU", int(time.process_time()) + 1 + _SECONDS_A_PAGE)
        for message in messages:
            _say(message)
            _limit("RLIMIT_CPU", int(time.process_time()) + 1 + _SECONDS_A_PAGE)
    except UnreadableDocument as refusal:
        _say({"refusal": refusal.facts["reason"]})
    except (OSError, ValueError, MemoryError):
        _say({"refusal": "PDF 文件已损坏，请用原来的软件重新导出 PDF"})
    _say({"is_end": True})


def _limit(name: str, most: int) -> None:
    """Bound what this process may use, where the system can (POSIX)."""
    with contextlib.suppress(ImportError):
        import resource

        limit = getattr(resource, name)
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _say(message: Message) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    say_apart(map(as_json, raw_pages(Path(sys.argv[1]).read_bytes(), "")))
