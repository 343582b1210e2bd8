"""Who may do what, where, and who did it: users, roles in a scope, policies, two-person approval, audit trail."""
