"""Others at the table: live, following, drafts of dialogs, another plan opened."""
