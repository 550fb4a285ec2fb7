"""Commands that go through the door, and those that say how the plan stands."""
