"""The house rules, kept by a machine: where things are, how large they grow, what they may ask for."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "rongji"
PURE_ROOMS = ("kernel", "law", "rules", "checks", "documents")
DOCUMENTED = (*PURE_ROOMS, "accounts", "budget", "performance", "reports")
FORBIDDEN_NAMES = {"utils", "helpers", "signals", "misc", "common"}
HARD_FILE_LINES = 500
HARD_FUNCTION_LINES = 60


def python_files(*rooms: str) -> list[Path]:
    """Every source file of the named rooms, or of the whole package; migrations are generated and left out."""
    roots = [SOURCE / room for room in rooms] if rooms else [SOURCE]
    return sorted(path for root in roots for path in root.rglob("*.py") if "migrations" not in path.parts)


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    total = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    return total


def tracked_files() -> list[Path]:
    """Every file git tracks."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def test_no_module_is_named_after_nothing():
    """A module without a word of the field has no room in this house."""
    bad = [path for path in python_files() if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES]
    assert bad == []


def test_files_and_functions_stay_small():
    """Files under 500 lines, functions under 60; half of the functions under 10 lines and nine of ten under 30."""
    long_files = [
        (path.name, n) for path in python_files() if (n := len(path.read_text().splitlines())) > HARD_FILE_LINES
    ]
    lengths = [(length(node), f"{path.name}:{node.name}") for path in python_files() for node in functions(path)]
    long_functions = [(n, name) for n, name in lengths if n > HARD_FUNCTION_LINES]
    sizes = sorted(n for n, _ in lengths)
    assert long_files == []
    assert long_functions == []
    assert statistics.median(sizes) < 10
    assert sizes[int(len(sizes) * 0.9)] < 30


@pytest.mark.parametrize("room", DOCUMENTED)
def test_everything_public_says_what_it_is(room):
    """Every public function and class of a room has a docstring; dunder and overriding one-liners excepted."""
    silent = []
    for path in python_files(room):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(SOURCE)}:{node.name}")
    assert silent == []


def test_only_one_place_asks_for_the_time():
    """Dates are arguments: nothing but kernel.clock reads the clock, and only interfaces and commands call it."""
    reads = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|timezone\.now|time\.time)\(")
    askers = [path for path in python_files() if path.name != "clock.py" and reads.search(path.read_text())]
    assert [path.relative_to(SOURCE).as_posix() for path in askers] == []
    allowed = {"web", "cli", "api", "accounts", "config", "public"}
    callers = [p for p in python_files() if "kernel.clock" in p.read_text() or "kernel import clock" in p.read_text()]
    assert {p.relative_to(SOURCE).parts[0] for p in callers} <= allowed


def test_only_the_options_read_the_environment():
    """One typed settings object; os.environ is read nowhere else (the Django settings module name excepted)."""
    readers = [p for p in python_files() if re.search(r"os\.(environ\b(?!\.setdefault)|getenv)", p.read_text())]
    assert {p.relative_to(SOURCE).as_posix() for p in readers} <= {"config/options.py"}


def test_no_float_touches_money_or_ratios():
    """`float(` and float literals have no business in the rooms that compute; likeness of words is no ratio."""
    rooms = ("kernel", "law", "rules", "checks", "budget", "performance")
    guilty = []
    for path in python_files(*rooms):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        likeness = {id(a) for call in calls if getattr(call.func, "id", "") == "get_close_matches" for a in call.args}
        for node in ast.walk(tree):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float) and id(node) not in likeness
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            if literal or call:
                guilty.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert guilty == []


def test_no_two_refusals_share_a_code():
    """A code is what programs go by; two sentences under one leave them guessing."""
    codes = [
        code for path in python_files() for code in re.findall(r'^    code = "([a-z0-9-]+)"', path.read_text(), re.M)
    ]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_no_file_names_a_registry_host():
    """A site installs from its own mirror or wheels; no file of ours points anywhere."""
    host = re.compile(r"(files\.pythonhosted|pypi\.(org|tuna|python)|registry\.npmjs|deb\.debian\.org|mirrors\.)", re.I)
    named = []
    for path in tracked_files():
        if path.suffix in {".png", ".woff2", ".docx", ".xlsx", ".pdf"} or path == Path(__file__) or not path.is_file():
            continue
        if "vendor" not in path.parts and host.search(path.read_text(encoding="utf-8", errors="ignore")):
            named.append(path.relative_to(ROOT).as_posix())
    assert named == []


def test_vendored_browser_files_are_the_ones_we_took():
    """The digests written when the files were vendored still match, so nobody edited a library in place."""
    vendor = SOURCE / "web" / "static" / "rongji" / "vendor"
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=vendor, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
