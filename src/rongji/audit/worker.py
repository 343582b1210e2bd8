"""`python -m rongji.audit.worker`: audits one file after another as it is told on its input, a line of JSON each.

A process of its own, so that a file which makes a library crash, hang or grow costs that file only.
"""

import contextlib
import json
import os
import signal
import sys
from typing import Any, TextIO

from rongji.audit.job import Job, done

_MEMORY_LIMIT = 3 << 30  # bytes of address space


def main() -> None:
    """Answer every job until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us decides when to stop
    _limit_memory()
    answers = _own_output()
    for line in sys.stdin:
        job = Job(**json.loads(line))
        told: dict[str, Any]
        try:
            told = {"done": done(job).as_json()}
        except OSError as error:  # the disk, not the document
            told = {"trouble": [error.errno, error.strerror, error.filename]}
        answers.write(json.dumps(told, ensure_ascii=True) + "\n")
        answers.flush()


def _own_output() -> TextIO:
    """The channel of answers; what a library prints goes to the error output instead of into them."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return answers


def _limit_memory() -> None:
    """A document that unfolds into more than this is refused in words, not by the machine standing still."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limits on this system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    main()
