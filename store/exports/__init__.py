"""What leaves a workspace as a file: tables as CSV, Excel and JSON, and the whole of it as makeroom's own JSON."""
