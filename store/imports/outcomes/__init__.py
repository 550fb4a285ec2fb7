"""What a file of finished quarters says for a look-back, beside estimates and what items took."""
