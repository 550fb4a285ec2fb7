"""Accounts: a table of customers with their revenue and renewal."""
