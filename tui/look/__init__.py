"""The first look back, before there is a plan."""
