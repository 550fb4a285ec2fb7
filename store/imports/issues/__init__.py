"""Finished issues of an export: for a first look back, before there is a plan."""
