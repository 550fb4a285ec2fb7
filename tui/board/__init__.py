"""The board: the plan, the pie and the odds, and the conversations that its keys begin."""
