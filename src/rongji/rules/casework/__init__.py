"""The rules by which a case runs: its clocks, its lights, and what may be done next. Pure."""
