"""Forms in which facts are recorded: each declared once, all shown and carried out by one view."""
