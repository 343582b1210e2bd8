"""The `rongji` command: parse, call, print.

Every file beside `main.py` that holds `app = typer.Typer(help="…")` is the command (or group) of its name; it is
loaded only when it is used. `PURE = True` in a file says that it needs no database, and Django is not started.
"""
