"""The inside of the public window: what is published into it, what is collected from it, what becomes a case."""
