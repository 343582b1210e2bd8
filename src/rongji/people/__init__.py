"""People: persons, families, service, identities, files and stations, every fact dated twice."""
