"""The rules of a negotiation: charter, one-offs, commitments, returns."""
