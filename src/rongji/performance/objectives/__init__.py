"""Objectives: targets drafted and reviewed before the year, approved by another person, changed only with a reason."""
