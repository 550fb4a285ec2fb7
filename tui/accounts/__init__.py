"""Accounts: the table of customers with their revenue, and what is asked of them."""
