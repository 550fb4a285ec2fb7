"""Drawing on values: colours for every terminal, the pie's raster, bars and plain text."""
