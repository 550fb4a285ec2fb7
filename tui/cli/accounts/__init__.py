"""Commands for accounts: the table, one of them, a file of them."""
