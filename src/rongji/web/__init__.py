"""The web pages: parse, call, render."""
