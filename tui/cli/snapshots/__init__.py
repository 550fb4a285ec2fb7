"""Commands for snapshots, scenarios and comparisons."""
