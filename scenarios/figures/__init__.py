"""Numbers, sizes and days as people type and read them, and figures that say where they come from."""
