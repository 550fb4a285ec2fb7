"""Practice on screen: drills and the deck of questions."""
