"""A year of entitlements, reckoned in several ways that must agree to the fen."""
