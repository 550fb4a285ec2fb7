"""The figures behind what reports tell: where each count and share comes from, with its inputs."""
