"""Words of the field that everything else is built from: pure, standard library only.

quantity and printed precision, figure and where it comes from, finding, refusal, the facts of
one bureau-year, digests, and the only clock.
"""
