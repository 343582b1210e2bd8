"""Rules: pure functions that apply dated law to facts. Each has an id, the acts it rests on and a full docstring."""
