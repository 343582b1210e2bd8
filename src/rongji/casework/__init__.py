"""办件: petitions, applications and every other matter that runs on a statutory clock; kinds are data."""
