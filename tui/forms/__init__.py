"""What a form and a command ask alike, without a screen."""
