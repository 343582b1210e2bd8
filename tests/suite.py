"""Run everything, cheapest first, and close with one line per kind of test.

`./run test` runs all kinds; `./run test KIND …` some of them; `--list` names them. A kind that needs a program which
is not on the machine says so and is skipped, except with CI=true, where it fails.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = [str(BIN / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", "-rs"]
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|error|errors|xfailed|xpassed|deselected)")


@dataclass(frozen=True)
class Kind:
    """One kind of test: its name, what it runs, and the environment it runs in."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    environment: dict[str, str] = field(default_factory=dict)


def kinds() -> list[Kind]:
    """Every kind, cheapest first."""
    jobs = ["-n", str(min(4, os.cpu_count() or 1))]
    database = "django_db and not browser"
    return [
        Kind(
            "style",
            (
                (str(BIN / "ruff"), "check", "src", "tests", "benchmarks"),
                (str(BIN / "ruff"), "format", "--check", "--quiet", "src", "tests", "benchmarks"),
            ),
        ),
        Kind("contracts", ((str(BIN / "lint-imports"),),)),
        Kind("types", ((str(BIN / "mypy"),),)),
        Kind("pure", ((*PYTEST, *jobs, "-m", "not django_db and not browser", "tests"),)),
        Kind("sqlite", ((*PYTEST, *jobs, "-m", database, "tests"),), {"RONGJI_TEST_DATABASE": "sqlite"}),
        Kind(
            "postgres",
            ((*PYTEST, *jobs, "-m", f"{database} and not one_database", "tests"),),
            {"RONGJI_TEST_DATABASE": "postgres"},
        ),
        Kind("browser", ((*PYTEST, *jobs, "-m", "browser", "tests"),)),
    ]


@dataclass
class Outcome:
    """What one kind came to."""

    name: str
    seconds: float
    failed: bool
    counts: dict[str, int]
    reasons: list[str]

    def line(self) -> str:
        """The one-line summary."""
        counted = "，".join(f"{number} {word}" for word, number in self.counts.items() if number)
        verdict = "失败" if self.failed else "通过"
        return f"{self.name:<10} {verdict}  {self.seconds:6.1f} s  {counted}"


def run_kind(kind: Kind) -> Outcome:
    """Run the commands of one kind, passing their output through."""
    started, failed, counts, reasons = time.monotonic(), False, {}, []
    for command in kind.commands:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **kind.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        last = ""
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            if line.startswith("SKIPPED"):
                reasons.append(line.strip())
            if " in " in line and COUNTS.search(line):
                last = line
        code = process.wait()
        nothing_to_run = code == 5 and "pytest" in command
        failed = failed or (code != 0 and not nothing_to_run)
        for number, word in COUNTS.findall(last):
            if word != "deselected":
                counts[word] = counts.get(word, 0) + int(number)
        if "pytest" not in command:
            counts["passed"] = counts.get("passed", 0) + (code == 0)
            counts["failed"] = counts.get("failed", 0) + (code != 0)
    return Outcome(kind.name, time.monotonic() - started, failed, counts, reasons)


def main(arguments: list[str]) -> int:
    """Run the chosen kinds; 0 when none failed and at least one test ran."""
    known = kinds()
    if "--list" in arguments:
        print("\n".join(kind.name for kind in known))
        return 0
    unknown = set(arguments) - {kind.name for kind in known}
    if unknown:
        print(
            f"没有这样的测试种类：{'、'.join(sorted(unknown))}。可选：{'、'.join(kind.name for kind in known)}。",
            file=sys.stderr,
        )
        return 2
    outcomes = []
    for kind in known:
        if arguments and kind.name not in arguments:
            continue
        print(f"\n===== {kind.name} =====", flush=True)
        outcomes.append(run_kind(kind))
    print("\n===== 汇总 =====")
    for outcome in outcomes:
        print(outcome.line())
        for reason in outcome.reasons:
            print(f"           {reason}")
    total = {
        word: sum(o.counts.get(word, 0) for o in outcomes)
        for word in ("passed", "failed", "skipped", "error", "errors")
    }
    failed = total["failed"] + total["error"] + total["errors"]
    failed += sum(
        1
        for o in outcomes
        if o.failed and not (o.counts.get("failed") or o.counts.get("error") or o.counts.get("errors"))
    )
    print(f"{total['passed']} passed, {failed} failed, {total['skipped']} skipped")
    return 1 if failed or not total["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
