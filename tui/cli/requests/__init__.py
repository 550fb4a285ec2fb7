"""Commands for requests: card, facts, who waits, ways out."""
