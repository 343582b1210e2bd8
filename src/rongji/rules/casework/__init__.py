"""Clocks and the flow of a case: pure rules over a case kind."""
