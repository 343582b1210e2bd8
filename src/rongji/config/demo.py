"""The accounts of the demo. They exist only where the mode is `demo`; the password is on the sign-in page."""

DEMO_PASSWORD = "Rongji-demo-2026"
DEMO_ACCOUNTS: tuple[tuple[str, str], ...] = (
    ("officer", "performance_officer"),
    ("finance", "finance"),
    ("director", "director"),
    ("clerk", "clerk"),
    ("section", "section_head"),
    ("reviewer", "reviewer"),
    ("auditor", "auditor"),
    ("admin", "administrator"),
)
