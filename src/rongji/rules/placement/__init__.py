"""Points and order of placement: pure rules over dated scoring tables."""
