"""Wiring: the one typed settings object, Django's settings made from it, addresses and start-up checks."""
