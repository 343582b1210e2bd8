"""Reports: forms as data, texts with live figures, frozen versions, evidence pack.

The pure half (form, tokens, figures, build, notes, comparison, annexes, pack) reads a `BureauYear` and returns a
document; the other half (models, services, selectors, policies) keeps versions and approvals.
"""
