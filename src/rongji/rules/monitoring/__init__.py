"""双监控: how far money and results are against the schedule, and where the year will end at this pace."""
