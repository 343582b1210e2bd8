"""`./run`: makes the environment once, makes it anew when it is not whole, and keeps standard output for the answer.

A stand-in for uv notes what it is asked; real environments are made by every run of the tests themselves.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
UV = """#!/bin/sh
printf '%s\\n' "$*" >> "$0.log"
for last in "$@"; do :; done
case "$1 $2" in
  "venv --quiet") mkdir -p "$last/bin"; ln -s "{python}" "$last/bin/python" ;;
  "pip install") [ ! -e "$0.fails" ] ;;
esac
"""


class Checkout:
    """A copy of the script with locks beside it, and what was asked of uv."""

    def __init__(self, home: Path) -> None:
        self.home, self.tools = home / "一个 目录", home / "tools"
        (self.home / "requirements").mkdir(parents=True)
        self.tools.mkdir()
        shutil.copy(ROOT / "run", self.home / "run")
        for name in ("core", "dev"):
            (self.home / f"requirements/{name}.lock").write_text(f"# {name}\n")
        (self.tools / "uv").write_text(UV.replace("{python}", sys.executable))
        (self.tools / "uv").chmod(0o755)

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the script as a stranger would."""
        path = f"{self.tools}:{Path(sys.executable).parent}:/usr/bin:/bin"
        return subprocess.run(
            [str(self.home / "run"), *words],
            env={"PATH": path, "HOME": str(self.tools), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def asked(self, word: str) -> int:
        """How often uv was asked for it."""
        log = self.tools / "uv.log"
        return log.read_text().count(word) if log.exists() else 0


@pytest.fixture
def checkout(tmp_path):
    """A fresh checkout whose launcher answers with its own words (the real one needs the packages)."""
    made = Checkout(tmp_path)
    package = made.home / "src/rongji"
    package.mkdir(parents=True)
    (package / "__main__.py").write_text("import sys; print('answer', *sys.argv[1:])")
    # the stand-in environment is the interpreter of this run; the path file must not go there
    (made.home / "run").write_text((made.home / "run").read_text().replace('"$site/rongji-checkout.pth"', "/dev/null"))
    return made


def answer(made, *words):
    return made.run(*words, PYTHONPATH=str(made.home / "src"))


def test_standard_output_carries_only_the_answer_and_the_second_run_makes_nothing(checkout):
    first = answer(checkout, "law", "list")
    assert (first.returncode, first.stdout) == (0, "answer law list\n")
    assert "正在准备运行环境" in first.stderr
    second = answer(checkout, "law", "list")
    assert (second.stdout, second.stderr) == ("answer law list\n", "")
    assert checkout.asked("pip install") == 1


def test_the_lock_file_is_installed_by_its_hashes_and_a_changed_one_again(checkout):
    answer(checkout, "law")
    assert checkout.asked("--require-hashes") == 1
    (checkout.home / "requirements/core.lock").write_text("# changed\n")
    answer(checkout, "law")
    assert checkout.asked("pip install") == 2
    assert checkout.asked("venv --quiet") == 1


def test_a_folder_of_wheels_serves_without_any_index(checkout):
    checkout.run("law", RONGJI_WHEELS="/some/wheels", PYTHONPATH=str(checkout.home / "src"))
    assert checkout.asked("--no-index --find-links /some/wheels") == 1


def test_what_failed_says_what_to_do_and_is_made_anew(checkout):
    (checkout.tools / "uv.fails").touch()
    refused = answer(checkout, "law")
    assert refused.returncode == 1
    assert "RONGJI_WHEELS" in refused.stderr
    (checkout.home / ".venv/half-made").touch()
    (checkout.tools / "uv.fails").unlink()
    assert answer(checkout, "law").stdout == "answer law\n"
    assert not (checkout.home / ".venv/half-made").exists()
    assert not (checkout.home / ".venv.lock").is_symlink()


def test_a_moved_checkout_gets_its_environment_anew(checkout):
    answer(checkout, "law")
    checkout.home = checkout.home.rename(checkout.home.with_name("另一处"))
    assert answer(checkout, "law").stdout == "answer law\n"
    assert checkout.asked("venv --quiet") == 2
    assert str(checkout.home) in (checkout.home / ".venv/bin/rongji").read_text()


def test_two_runs_at_once_make_it_once_and_a_dead_holder_stops_nobody(checkout):
    (checkout.home / ".venv.lock").symlink_to("999999999")
    command = [str(checkout.home / "run"), "law"]
    path = f"{checkout.tools}:{Path(sys.executable).parent}:/usr/bin:/bin"
    environment = {"PATH": path, "HOME": str(checkout.tools), "PYTHONPATH": str(checkout.home / "src")}
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate(timeout=60)[0] for process in running] == ["answer law\n"] * 3
    assert checkout.asked("pip install") == 1


def test_a_python_that_is_too_old_is_named(checkout):
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14", "python"):
        (checkout.tools / name).write_text("#!/bin/sh\nexit 1\n")
        (checkout.tools / name).chmod(0o755)
    refused = answer(checkout, "law")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].startswith("需要 Python 3.11 或更高版本")
    assert refused.stdout == ""


def test_an_unknown_benchmark_is_refused(checkout):
    (checkout.home / "benchmarks").mkdir()
    (checkout.home / "benchmarks/reading.py").write_text("print('measured')")
    assert answer(checkout, "bench").stdout == "reading\n"
    assert answer(checkout, "bench", "reading").stdout == "measured\n"
    refused = answer(checkout, "bench", "writing")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "writing" in refused.stderr
