"""A year of entitlements at several sizes: the product's engine beside others, alternated, checked equal to the fen.

`./run bench entitlements --sizes 100000,1000000 --rounds 5`. Every measurement is a fresh process; memory (PSS of the
process) is read in a further run of its own, so that reading it slows none that is timed. OpenFisca (AGPL) is no
dependency of ours: it is put into an environment of its own in the folder of the data, and left out where that fails.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as parquet

HERE = Path(__file__).resolve().parent
LABELS = {
    "engine": "荣绩引擎",
    "duckdb_sql": "手写 DuckDB",
    "polars_frames": "手写 Polars",
    "openfisca_tuned": "OpenFisca 调优",
    "openfisca_idiomatic": "OpenFisca 常规",
    "decimal_loop": "逐人 Decimal",
}
# Beyond these sizes a way takes minutes without telling anything new.
LARGEST = {"openfisca_idiomatic": 1_000_000, "decimal_loop": 100_000}
LEDGER = ("engine", "duckdb_sql", "polars_frames")
# A bar: our time over theirs at most (or theirs over ours at least), from a million on.
AT_MOST = {"duckdb_sql": 1.3, "polars_frames": 1.7}
AT_LEAST = {"openfisca_tuned": 1.6, "openfisca_idiomatic": 20.0}
MEGABYTES = {1_000_000: 600, 10_000_000: 3000}
GROWTH = 13.0


@dataclass
class Measured:
    """What one way came to at one size."""

    setup: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    @property
    def median(self) -> float:
        """The median of the last run of each process."""
        return statistics.median(self.last)


class Bench:
    """All measurements of one call."""

    def __init__(self, folder: Path, rounds: int, ways: list[str]) -> None:
        self.folder, self.rounds = folder, rounds
        self.pythons = dict.fromkeys(LABELS, sys.executable)
        self.ways = [way for way in ways if not way.startswith("openfisca") or self._openfisca()]

    def _openfisca(self) -> bool:
        """A Python with OpenFisca in it, made once."""
        home = self.folder / "openfisca"
        python = home / "bin" / "python"
        if not python.exists():
            print("正在为 OpenFisca 建立单独的环境……", file=sys.stderr)
            made = subprocess.run([sys.executable, "-m", "venv", str(home)], capture_output=True, check=False)
            wanted = [str(python), "-m", "pip", "install", "--quiet", "openfisca-core", "pyarrow"]
            if made.returncode or subprocess.run(wanted, capture_output=True, check=False).returncode:
                print("OpenFisca 装不上，本次不比较它。", file=sys.stderr)
                subprocess.run(["rm", "-rf", str(home)], check=False)
                return False
        self.pythons |= {"openfisca_tuned": str(python), "openfisca_idiomatic": str(python)}
        return True

    def claims(self, size: int) -> Path:
        """The population of one size, with the small tables beside it for those who cannot import ours."""
        from year.population import law, make, steps

        parquet.write_table(law().rates, self.folder / "rates.parquet")
        parquet.write_table(steps(), self.folder / "steps.parquet")
        return make(size, self.folder / f"claims-{size}.parquet")

    def run(self, size: int, task: str) -> dict[str, Measured]:
        """Every way in every round, one after the other; then once more each for its memory."""
        claims = self.claims(size)
        ways = [way for way in self.ways if size <= LARGEST.get(way, size) and (task == "totals" or way in LEDGER)]
        found = {way: Measured() for way in ways}
        most = 1 if size > 1_000_000 else 2
        for number in range(self.rounds):
            for way in ways[number % len(ways) :] + ways[: number % len(ways)]:
                if way in LARGEST and number >= 2:
                    continue
                said = self._process(way, task, claims, 1 if way in LARGEST else most)
                found[way].setup.append(said["setup"])
                found[way].first.append(said["seconds"][0])
                found[way].last.append(said["seconds"][-1])
        for way in ways:
            found[way].megabytes = self._memory(way, task, claims)
        if task == "totals":
            self._check_equal(ways, claims)
        return found

    def _command(self, way: str, task: str, claims: Path, runs: int) -> list[str]:
        return [
            self.pythons[way],
            "-m",
            "year.measure",
            way,
            task,
            str(claims),
            str(runs),
            str(self._result(way, claims)),
        ]

    def _result(self, way: str, claims: Path) -> Path:
        return self.folder / f"{claims.stem}-{way}.parquet"

    def _process(self, way: str, task: str, claims: Path, runs: int) -> dict[str, list[float]]:
        command = self._command(way, task, claims, runs)
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{LABELS[way]} 失败：{done.stderr[-2000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def _memory(self, way: str, task: str, claims: Path) -> float:
        """The largest proportional set size seen, in megabytes."""
        child = subprocess.Popen(self._command(way, task, claims, 1), cwd=HERE, stdout=subprocess.DEVNULL)
        most = 0
        while child.poll() is None:
            most = max(most, pss(child.pid))
            time.sleep(0.05)
        return most / 1024

    def _check_equal(self, ways: list[str], claims: Path) -> None:
        """Every total of every way is the same, to the fen and person by person."""
        first, *others = (parquet.read_table(self._result(way, claims)) for way in ways)
        for way, other in zip(ways[1:], others, strict=True):
            if not other.equals(first):
                raise SystemExit(f"{LABELS[way]} 与 {LABELS[ways[0]]} 的结果不一致。")
        lines, fen = (sum(first[name].to_pylist()) for name in ("lines", "fen"))
        print(f"{len(ways)} 种算法的 {first.num_rows} 个合计逐一相等：{lines:,} 行，{fen:,} 分。")


def pss(pid: int) -> int:
    """Proportional set size in kilobytes; 0 when the process is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def print_table(size: int, task: str, found: dict[str, Measured]) -> None:
    """One table: seconds, spread, memory, and how much our engine takes of each."""
    ours = found["engine"].median if "engine" in found else None
    print(f"\n{size:,} 人，{'全年合计' if task == 'totals' else '全年明细写成 Parquet'}")
    print("| 算法 | 准备 | 首次 | 中位 | 最短–最长 | 内存 MB | 对荣绩引擎 |\n|---|---|---|---|---|---|---|")
    for way, one in found.items():
        ratio = f"{one.median / ours:.2f}×" if ours else ""
        print(
            f"| {LABELS[way]} | {statistics.median(one.setup):.2f} | {statistics.median(one.first):.2f} "
            f"| **{one.median:.3f}** | {min(one.last):.2f}–{max(one.last):.2f} | {one.megabytes:.0f} | {ratio} |"
        )


def missed(size: int, found: dict[str, Measured]) -> list[str]:
    """The bars that this size does not keep."""
    if size < 1_000_000 or "engine" not in found:
        return []
    ours = found["engine"]
    said = [
        f"荣绩引擎是{LABELS[way]}的 {ours.median / found[way].median:.2f} 倍时间，应不超过 {bar}"
        for way, bar in AT_MOST.items()
        if way in found and ours.median > bar * found[way].median
    ]
    said += [
        f"{LABELS[way]}只慢 {found[way].median / ours.median:.2f} 倍，应不少于 {bar}"
        for way, bar in AT_LEAST.items()
        if way in found and found[way].median < bar * ours.median
    ]
    if ours.megabytes > MEGABYTES.get(size, ours.megabytes):
        said.append(f"内存 {ours.megabytes:.0f} MB，应不超过 {MEGABYTES[size]}")
    return said


def main() -> int:
    """Measure, print, and fail when results differ; bars that are missed are said."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default="100000,1000000")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--ways", default=",".join(LABELS))
    asked.add_argument("--tasks", default="totals,ledger")
    asked.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "rongji-bench")
    given = asked.parse_args()
    given.data.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.data, given.rounds, given.ways.split(","))
    sizes, faults, medians = [int(size) for size in given.sizes.split(",")], [], {}
    for size in sizes:
        for task in given.tasks.split(","):
            found = bench.run(size, task)
            print_table(size, task, found)
            if task == "totals":
                faults += missed(size, found)
                medians[size] = found["engine"].median if "engine" in found else 0.0
    for size in sizes:
        growth = medians.get(size * 10, 0.0) / medians[size] if medians.get(size) else 0.0
        if growth:
            print(f"\n{size:,} → {size * 10:,} 人：荣绩引擎用时 {growth:.1f} 倍（应不超过 {GROWTH:.0f} 倍）")
    print("\n" + ("\n".join(f"未达到：{fault}" for fault in faults) or "各项指标都达到。"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
