"""Documents: one block model for what is written and (later) what is read, and its writers. Pure, no Django."""
