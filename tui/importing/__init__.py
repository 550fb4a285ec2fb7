"""An import on its way from a file to the plan: how the file is read, what that would change, and both in words."""
