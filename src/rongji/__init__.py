"""荣绩: a veterans affairs bureau's year kept as records, evaluated, explained and audited."""

__version__ = "0.1.0"
