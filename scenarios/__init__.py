"""What a plan means: pure calculation on values (capacity, mix, odds, trades); no file, no database, no screen."""
