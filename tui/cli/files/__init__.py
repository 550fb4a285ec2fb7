"""Commands for files: opening, serving, exporting, verifying, backing up, going back."""
