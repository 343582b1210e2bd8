"""Readers: files of other systems into plain pieces of the model. In this version tables of csv and xlsx."""
