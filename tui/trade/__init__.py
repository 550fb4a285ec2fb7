"""The conversation about a trade: proposing, the best swaps, ways out, what is possible."""
