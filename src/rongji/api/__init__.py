"""The same rooms over HTTP as JSON: parse, call, render."""
