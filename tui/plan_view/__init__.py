"""The plan on screen: its rows, the pie, the meter, the request that waits."""
