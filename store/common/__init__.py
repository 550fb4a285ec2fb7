"""What all of the store stands on and imports nothing itself: errors as sentences, text made safe, tables of values."""
