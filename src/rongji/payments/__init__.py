"""Payments: owed minus paid, runs, approvals, bank files, returns, recoveries, postings."""
