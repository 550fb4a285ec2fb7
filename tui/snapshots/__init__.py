"""The list of plans: scenarios and snapshots, and making one the plan."""
