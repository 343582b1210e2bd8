"""The written documentation says what the program does: commands, links, settings, samples and counts are held."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import glossary
import pytest

from rongji.checks import check_year
from rongji.checks.registry import registered
from rongji.cli.main import all_commands
from rongji.cli.year_source import from_file
from rongji.config.options import Options, option_entries
from rongji.config.public_options import PublicOptions
from rongji.law.catalogue import check_all
from rongji.law.loader import lawbook
from rongji.law.locate import find_legal
from rongji.law.schemes import schemes
from rongji.reports.form_reader import load_forms
from rongji.rules.scoring.evaluate import evaluate_under_law, evaluation_day

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
GUIDES = (*READMES, *sorted((DOCS / "tutorial").glob("*.md")), *sorted((DOCS / "how-to").glob("*.md")))
WRITTEN = (*GUIDES, ROOT / "CHANGELOG.md", *sorted((DOCS / "explanation").glob("*.md")), *sorted(DOCS.glob("*.md")))
PAGES = (*WRITTEN, *sorted((DOCS / "decisions").glob("*.md")), *sorted((DOCS / "glossary").glob("*.md")))

TODAY = date(2025, 6, 30)

FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
TYPED = ("./run", ".venv/bin/rongji")  # how a shell block calls the program
RUNNERS = (*TYPED, "rongji")
OWN_WORDS = ("test", "bench")  # words of ./run itself
PLACEHOLDER = re.compile(r"WORD|命令|…")
HOUSE_RULES_LINES = {"how-to": 200, "explanation": 120, "tutorial": 320, "decisions": 20, "glossary": 8}


def name_of(path: Path) -> str:
    """A page as test reports name it."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, *languages: str) -> list[str]:
    """The fenced blocks of a page in these languages."""
    text = path.read_text(encoding="utf-8")
    return [match["body"] for match in FENCE.finditer(text) if match["language"] in languages]


@dataclass(frozen=True)
class Said:
    """One command as a page says it. whole: meant to be typed as it stands, not only named."""

    page: Path
    line: str
    whole: bool

    @property
    def words(self) -> list[str]:
        """Its words after the program, and without --as."""
        words = shlex.split(self.line, comments=True)
        start = next(n for n, word in enumerate(words) if word in TYPED or (word, n) == ("rongji", 0))
        rest = words[start + 1 :]
        return rest[2:] if rest[:1] == ["--as"] else rest

    def __str__(self) -> str:
        return f"{name_of(self.page)}: {self.line}"


def said_commands() -> Iterator[Said]:
    """Every command of ours in the guides: lines of shell blocks, and commands named in running text."""
    for page in GUIDES:
        for body in blocks(page, "sh"):
            lines = (line.strip() for line in body.splitlines())
            yield from (Said(page, line, whole=True) for line in lines if set(line.split()) & set(TYPED))
        for body in blocks(page, "text"):
            yield from (Said(page, line, whole=True) for line in body.splitlines() if line.startswith(RUNNERS))
        prose = FENCE.sub("", page.read_text(encoding="utf-8"))
        for code in INLINE.findall(prose):
            if code.startswith(tuple(f"{runner} " for runner in RUNNERS)) and not PLACEHOLDER.search(code):
                yield Said(page, code, whole=False)


COMMANDS = dict(all_commands())
SAID = list(said_commands())


def found_command(words: list[str]) -> tuple[str, list[str]]:
    """The longest command name at the start of the words, and what follows it."""
    for length in (3, 2, 1):
        name = " ".join(["rongji", *words[:length]])
        if name in COMMANDS and len(words) >= length:
            return name, words[length:]
    return "", words


@pytest.mark.parametrize("said", SAID, ids=str)
def test_every_command_in_the_guides_exists_with_those_options(said):
    """What a page tells people to type is a command of the program, with options it has and arguments it needs."""
    words = said.words
    if words[0] in OWN_WORDS:
        assert words[0] != "bench" or (ROOT / "benchmarks" / f"{words[1]}.py").is_file()
        return
    name, rest = found_command(words)
    is_group = any(known.startswith(f"rongji {words[0]} ") for known in COMMANDS)
    if not name:
        assert is_group and len(words) == 1 and not said.whole, f"no such command: {' '.join(words)}"
        return
    command = COMMANDS[name]
    context = command.context_class(command, info_name=name)
    values, left, _ = command.make_parser(context).parse_args(list(rest))
    assert not left, f"{left} is more than {name} takes"
    if said.whole:
        needed = [param.name for param in command.params if param.required]
        assert [item for item in needed if values.get(item) is None] == []


def test_the_guides_name_most_of_the_commands():
    """A guard against a parser that finds nothing: the guides name at least three quarters of all commands."""
    named = {found_command(said.words)[0] for said in SAID}
    assert len(SAID) > 60
    assert len(named - {""}) >= len(COMMANDS) * 3 // 4


@pytest.mark.parametrize("said", [item for item in SAID if item.whole and "examples/" in item.line], ids=str)
def test_every_example_file_that_a_guide_uses_is_there(said):
    """Paths under examples/ exist."""
    assert [word for word in said.words if word.startswith("examples/") and not (ROOT / word).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_and_picture_resolves(page):
    """A link leads to a file that is there, and a fragment to one of its headings."""
    broken = []
    for match in LINK.finditer(FENCE.sub("", page.read_text(encoding="utf-8"))):
        target, _, fragment = unquote(match["target"]).partition("#")
        if target.startswith(("http:", "https:")):
            continue
        place = (page.parent / target).resolve() if target else page
        if not place.exists() or (fragment and fragment not in anchors(place)):
            broken.append(match["target"])
    assert broken == []


def anchors(page: Path) -> set[str]:
    """The fragments that the headings of a page answer to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_first_screen_of_both_readmes_is_a_picture_and_two_commands():
    """One sentence, one picture, ./run demo and ./run test: all within the first screen, in both languages."""
    for readme in READMES:
        first = "\n".join(readme.read_text(encoding="utf-8").splitlines()[:16])
        assert "![" in first and "docs/images/" in first
        assert "./run demo" in first and "./run test" in first


def test_both_readmes_say_the_same():
    """Equal headings in number, equal links but the one to each other, equal commands."""
    english, chinese = (readme.read_text(encoding="utf-8") for readme in READMES)
    assert len(re.findall("^## ", english, re.M)) == len(re.findall("^## ", chinese, re.M))
    links = [sorted(match["target"] for match in LINK.finditer(text)) for text in (english, chinese)]
    assert set(links[0]) ^ set(links[1]) == {"README.md", "README.zh-CN.md"}
    shown = [
        [line.partition("#")[0].strip() for b in blocks(page, "sh") for line in b.splitlines()] for page in READMES
    ]
    assert shown[0] == shown[1]


def test_the_worked_example_of_the_readmes_is_what_the_program_says():
    """The contradiction and the score quoted from the Yuelu year come out word for word."""
    year = from_file(ROOT / "examples" / "yuelu-2021" / "year.yaml")
    found = check_year(year, on=evaluation_day(year, TODAY), known_on=TODAY)
    scored = evaluate_under_law(year, on=evaluation_day(year, TODAY), known_on=TODAY)
    words = [item.explanation for item in found.findings] + [row.how for row in scored.rows]
    for readme in READMES:
        quoted = re.findall(r"^> (.+)$", readme.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(quoted) == 2
        assert [line for line in quoted if not any(word.startswith(line) for word in words)] == []


def test_the_counts_in_the_readmes_are_right():
    """So many schemes, forms and checks are there as the first page says."""
    english, chinese = (readme.read_text(encoding="utf-8") for readme in READMES)
    forms = [form for form in load_forms().values() if not form.is_annex]
    assert f"{len(schemes())} dated schemes" in english and f"{len(schemes())} 个带日期的评分方案" in chinese
    assert len(forms) == 6 and "six report forms" in english and "六种表式" in chinese
    assert 55 <= len(registered()) <= 65 and "some 60 consistency checks" in english and "六十来项核对" in chinese


@pytest.mark.parametrize("page", GUIDES, ids=name_of)
def test_settings_shown_in_a_guide_are_settings(page):
    """Every toml block is a settings file that the program accepts."""
    for body in blocks(page, "toml"):
        Options(**tomllib.loads(body))


def test_every_setting_named_in_the_docs_exists_and_every_one_is_documented():
    """RONGJI_… in the docs is a setting or a variable of ./run; each setting stands in the reference."""
    variables = {entry.variable for model in (Options, PublicOptions) for entry in option_entries(model)}
    of_the_launcher = {"RONGJI_WHEELS", "RONGJI_PYTHON", "RONGJI_CONFIG", "RONGJI_PUBLIC_CONFIG"}
    named = {
        name for page in WRITTEN for name in re.findall(r"RONGJI_[A-Z][A-Z_]*[A-Z]", page.read_text(encoding="utf-8"))
    }
    assert named - variables - of_the_launcher == set()
    settings = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in sorted(variables) if f"`{name}`" not in settings] == []


def test_legal_data_shown_in_the_guides_is_accepted(tmp_path):
    """The act, the form and the scheme that the how-to pages show load beside the shipped ones, without a problem."""
    legal = tmp_path / "legal"
    shutil.copytree(find_legal(), legal)
    folder = {"blocks": "forms", "rows": "scoring"}
    for page in (DOCS / "how-to" / "add-a-form.md", DOCS / "how-to" / "add-a-dated-value.md"):
        for body in blocks(page, "yaml"):
            kind = next((folder[word] for word in folder if f"\n{word}:" in body), "acts")
            identifier = re.search(r"^id: (\S+)$", body, re.M)[1]
            (legal / kind / f"{identifier.removeprefix('scoring.')}.yaml").write_text(body, encoding="utf-8")
    assert check_all(root=legal) == ()
    assert check_all(production=True, root=legal) == check_all(production=True)
    assert "qingshan-2025" in load_forms(legal / "forms")


def test_the_reference_says_what_the_code_says():
    """In a process of its own: policies and refusals that tests declare are no part of the product."""
    command = [sys.executable, "-m", "rongji", "reference", "--check", "--out", str(DOCS / "reference")]
    done = subprocess.run(command, cwd=DOCS.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("term", glossary.terms(), ids=lambda term: term.path.stem)
def test_every_term_has_its_four_fields_and_its_identifier_exists(term):
    """中文, 标识, 定义, 出处; the identifier is a concept, a legal table, or a name in the code."""
    assert tuple(term.fields) == glossary.FIELDS
    assert term.title == term.fields["中文"]
    assert exists(term.identifier), f"nothing is called {term.identifier}"
    assert [
        path for path in re.findall(r"(?:docs|legal)/[\w./-]+", term.fields["出处"]) if not (ROOT / path).exists()
    ] == []


def exists(identifier: str) -> bool:
    """Whether a concept, a legal table or a dotted name of the code is called that."""
    law = lawbook()
    if identifier in law.concepts or identifier in {table for _, table in law.tables}:
        return True
    parts = identifier.split(".")
    for split in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:split]))
        except ModuleNotFoundError:
            continue
        return _has(found, parts[split:])
    return False


def _has(owner: object, names: list[str]) -> bool:
    for name in names:
        declared = getattr(owner, "__annotations__", {})
        if not hasattr(owner, name):
            return name in declared and name == names[-1]
        owner = getattr(owner, name)
    return True


def test_the_glossary_index_is_current():
    """The index page lists exactly the terms; `python tests/glossary.py` writes it anew."""
    assert len(glossary.terms()) >= 50
    assert glossary.INDEX.read_text(encoding="utf-8") == glossary.index_page()


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=name_of)
def test_a_decision_says_status_context_decision_consequences(page):
    """Each record carries its number and the same headings."""
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(page.name[:4])}. ")
    assert [
        word for word in ("Status: ", "**Context.**", "**Decision.**", "**Consequences.**") if word not in text
    ] == []


def test_decisions_are_numbered_without_a_gap():
    """1, 2, 3 …"""
    numbers = sorted(int(page.name[:4]) for page in (DOCS / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_pages_stay_short():
    """A page that nobody finishes helps nobody; each folder has its limit in lines."""
    lengths = {
        name_of(page): len(page.read_text(encoding="utf-8").splitlines())
        for folder, limit in HOUSE_RULES_LINES.items()
        for page in (DOCS / folder).glob("*.md")
        if page != glossary.INDEX and len(page.read_text(encoding="utf-8").splitlines()) > limit
    }
    assert lengths == {}
    assert all(len(readme.read_text(encoding="utf-8").splitlines()) <= 120 for readme in READMES)


def test_the_changelog_names_the_version_of_the_package():
    """The version of pyproject has its entry."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
