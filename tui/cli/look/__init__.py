"""The command that looks back before there is a plan."""
