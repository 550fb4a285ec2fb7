"""What people give, week by week: the calendar of a quarter, and what takes from their time."""
