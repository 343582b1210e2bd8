"""双监控: monthly plans with owners, progress against the schedule, lights that must be answered."""
