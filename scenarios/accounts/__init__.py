"""Accounts: customers with their revenue and renewal, the names they go by, how they are merged."""
