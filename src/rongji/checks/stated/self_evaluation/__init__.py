"""Self-evaluation forms (自评表): weights, scores and grades, indicators with their targets and results."""
