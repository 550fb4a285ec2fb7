"""What is on screen now: one object holds the workspace, its state, and the figures that follow from it."""
