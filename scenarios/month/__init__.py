"""The month for executives, as figures: what is under way and promised, what it postponed, what came between."""
