"""`python -m rongji` is the `rongji` command."""

from rongji.cli.main import app

if __name__ == "__main__":
    app()
