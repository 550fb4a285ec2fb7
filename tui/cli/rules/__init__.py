"""Commands for the rules: charter, aims, one-offs, commitments, exceptions."""
