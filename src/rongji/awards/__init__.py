"""Awards: who is entitled to which benefit, from when, on which evidence."""
