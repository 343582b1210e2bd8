"""The `rongji` command: finds its words beside it, starts Django only for those that need it, prints refusals."""

import ast
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError
from typer.core import TyperGroup

from rongji.cli import machine, misused
from rongji.cli.invocation import note
from rongji.kernel.refusal import Refusal

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the command line, known from its file without running it."""

    name: str
    module: str
    help: str
    is_pure: bool


@cache
def words() -> dict[str, Word]:
    """Every command or group, by name."""
    found = (_word(path) for path in sorted(HERE.glob("*.py")))
    return {word.name: word for word in found if word is not None}


class WordGroup(TyperGroup):
    """A group whose members are read from their files when they are called for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names only; nothing is imported."""
        return sorted(words())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load one word."""
        word = words().get(cmd_name)
        if word is None:
            return None
        if not word.is_pure:
            start_django()
        loaded = typer.main.get_command(import_module(word.module).app)
        loaded.name = word.name
        for command in (loaded, *getattr(loaded, "commands", {}).values()):
            command.rich_markup_mode = None
            command.get_help = _chinese_help(command.get_help)
            command.params = [param for param in command.params if not param.name.endswith("_completion")]
        return loaded

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Remember which command it is, for the audit trail."""
        name, loaded, rest = super().resolve_command(ctx, args)
        inner = next((part for part in rest if part in getattr(loaded, "commands", {})), "")
        note(command=f"rongji {name} {inner}".strip())
        return name, loaded, rest

    def get_help(self, ctx: Any) -> str:
        """The help text in Chinese throughout."""
        return misused.in_chinese(super().get_help(ctx))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list in the help text, without importing what it lists."""
        with formatter.section("命令"):
            formatter.write_dl([(word.name, word.help) for word in sorted(words().values(), key=lambda w: w.name)])


root = typer.Typer(
    cls=WordGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="荣绩：县区退役军人事务局的年度账目、绩效自评与核查。",
)


@root.callback()
def _root(
    as_user: str = typer.Option("", "--as", metavar="账号", help="以哪个账号的身份办理；正式使用时办理业务必须指明。"),
) -> None:
    note(as_user=as_user)


def app(arguments: list[str] | None = None) -> None:
    """Run the command line; a refusal prints its sentence and leaves with its exit code, a bug its traceback."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = typer.main.get_command(root)(given, prog_name="rongji", standalone_mode=False)
    except Refusal as refusal:
        _leave(refusal, given)
    except NoArgsIsHelpError as help_wanted:
        typer.echo(str(help_wanted.message), err=True)
        raise SystemExit(help_wanted.exit_code) from None
    except ClickException as error:
        _leave(misused.refusal_of(error), given)
    except (typer.Abort, KeyboardInterrupt):
        _leave(misused.Interrupted(), given)
    except BrokenPipeError:
        _leave_quietly()
    except Exception as error:
        refusal = machine.refusal_of(error)
        if refusal is None:
            raise
        _leave(refusal, given)
    else:
        if code == misused.Interrupted.exit_code:
            _leave(misused.Interrupted(), given)
        raise SystemExit(code or 0)


def start_django() -> None:
    """Set Django up, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongji.config.settings")
    import django

    django.setup()


def all_commands() -> Iterator[tuple[str, Any]]:
    """Every command with its full name, for the reference; loads all of them."""
    group = typer.main.get_command(root)
    for name in sorted(words()):
        yield from _leaves(f"rongji {name}", group.get_command(None, name))  # type: ignore[attr-defined]


def _leaves(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield name, command
    for child, loaded in sorted((children or {}).items()):
        yield from _leaves(f"{name} {child}", loaded)


def _chinese_help(get_help: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda ctx: misused.in_chinese(get_help(ctx))


def _leave(refusal: Refusal, arguments: list[str]) -> None:
    shown = json.dumps(refusal.as_json(), ensure_ascii=False) if "--json" in arguments else str(refusal)
    typer.echo(shown, err=True)
    raise SystemExit(refusal.exit_code)


def _leave_quietly() -> None:
    """Whoever read our answer (`| head`) has had enough; what is still buffered must not complain at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(1)


def _word(path: Path) -> Word | None:
    """What a file says of itself: `app = typer.Typer(help="…")` and `PURE = True`, read without running it."""
    assigned: dict[str, Any] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assigned[node.targets[0].id] = node.value
    call = assigned.get("app")
    if not isinstance(call, ast.Call):
        return None
    texts = [k.value.value for k in call.keywords if k.arg == "help" and isinstance(k.value, ast.Constant)]
    pure = assigned.get("PURE")
    return Word(
        name=path.stem.replace("_", "-"),
        module=f"rongji.cli.{path.stem}",
        help=str(texts[0]) if texts else "",
        is_pure=isinstance(pure, ast.Constant) and pure.value is True,
    )
