"""The odds that the plan gets done: the forecast, what it learned from, why it is so, what would move it."""
