"""An import on its way from a file to the plan: how it is read, what it would change, its conflicts."""
