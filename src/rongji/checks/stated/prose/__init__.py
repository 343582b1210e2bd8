"""Running text against itself: what sentences say of totals, shares, changes, rates, lists, dates and people."""
