"""Rules of what is owed to people, one file per benefit or method."""
