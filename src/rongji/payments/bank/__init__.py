"""The traffic with the bank: batch files out, answers in, retries, cancellations.

`writing` and `reading` turn a profile and plain rows into bytes and back, `matching` finds which item an answer means,
`states` says what an answer does to it: all four pure. `batches`, `returns`, `corrections` write, `selectors` read.
"""
