"""The demonstration: a made-up company, the same on every machine."""
