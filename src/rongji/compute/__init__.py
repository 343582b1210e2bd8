"""Bulk reckoning: the rules as set expressions, embedded in this process or on a cluster."""
