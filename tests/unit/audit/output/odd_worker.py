"""The worker of the batch with an audit that misbehaves by the name of the file; run as a program by the tests."""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from rongji.audit import run, worker
from rongji.audit.report import AuditedFile


def audit_path(path: Path) -> AuditedFile:
    """hang: never comes back; die: takes the process with it; grow: asks for too much; bug: raises; else: clean."""
    if "hang" in path.name:
        time.sleep(600)
    if "die" in path.name:
        os._exit(11)
    if "grow" in path.name:
        return AuditedFile(path.name, str(len(bytearray(64 << 30))))
    if "bug" in path.name:
        raise KeyError("无此键")
    if "chatter" in path.name:
        print("a library talks")
    return AuditedFile(path.name, "txt")


if __name__ == "__main__":
    run.audit_path = audit_path
    worker.main()
