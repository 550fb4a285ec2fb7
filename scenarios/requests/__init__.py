"""What a request carries: its card, its facts, who waits, its ways out, and what was asked before."""
