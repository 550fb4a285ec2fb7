"""What the fields, formats and separators of an import are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from store.imports import formats
from store.imports.columns import Field
from store.imports.guesses import Guess

#: each field, and what it is; in the order in which people look for them
FIELDS: Mapping[Field, str] = {
    "title": "what it is called; every item needs one",
    "key": "its number there: rows are matched by it the next time",
    "type": "story, bug ...: chooses the slice",
    "label": "labels, tags: choose the slice",
    "component": "components, areas: choose the slice",
    "slice": "one of the slices here, by letter or name",
    "team": "which team does it",
    "owner": "assignee",
    "points": "estimate in story points",
    "hours": "estimate in hours",
    "days": "estimate in days",
    "weeks": "estimate in engineer-weeks",
    "seconds": "estimate as Jira keeps it, in seconds",
    "size": "estimate with its unit, range or T-shirt: 3d, 2-3-5, M",
    "unit": "what the numbers of estimates count: days, points",
    "low": "low, P10",
    "likely": "likely, P50",
    "high": "high, P90",
    "due": "due date",
    "value": "what it is worth",
    "customer": "who waits for it",
    "arr": "what that customer pays a year, where it is not known yet",
    "renewal": "when that customer renews, where it is not known yet",
    "note": "description",
    "status": "where it stands: what is done is left out",
    "category": "status category",
    "customer_title": "what it is called on pages for customers",
    "priority": "what the source calls it: P0, High, 1",
    "parent": "the epic or story that it is a part of",
    "blocked_by": "what it needs",
    "blocks": "what needs it",
    "finished": "a date or a yes here: it is over, and left out",
    "resolution": "anything but Unresolved: it is over",
    "complete": "100% here: it is over",
    "active": "a no here: it is not to be done, and left out",
    "id": "another number that rows are called by",
}
#: the formats, as they are chosen
FORMATS: Mapping[str, str] = {each.name: each.dialect.words or "a plain table" for each in formats.FORMATS}
DELIMITERS: Mapping[str, str] = {",": "comma", ";": "semicolon", "|": "bar", "\t": "tab"}
_WHY: Mapping[str, str] = {
    "said": "as you say",
    "name": "by its name",
    "held": "by its name and what it holds",
    "spare": "where another column is empty",
}


#: what a column tells of how far items are
HOW_FAR: Mapping[str, str] = {
    "spent": "what was spent so far",
    "left": "what is left to do",
    "started": "when it was started",
    "done": "when it was done",
}


def told(guess: Guess) -> str:
    """What a column tells that is taken for no field."""
    return HOW_FAR.get(guess.tells, guess.tells or "not taken")


def sample_words(guess: Guess) -> str:
    """What is in a column, as written and, where that is another thing, as read: ``5 → 1.0 ew · 8 → 1.6 ew``."""
    pairs = zip_longest(guess.samples, guess.read, fillvalue="")
    return " · ".join(text if read in ("", text) else f"{text} → {read}" for text, read in pairs)


def column_words(guess: Guess) -> str:
    """A column, what it is taken for and why, and what is in it."""
    taken = f"{guess.field.replace('_', ' ')}, {_WHY[guess.why]}" if guess.field else told(guess)
    samples = sample_words(guess)
    return f"{guess.column or '(no name)'}: {taken}{f': {samples}' if samples else ', nothing in it'}"


#: where an item stands
STATES: Mapping[str, str] = {"inbox": "in the inbox", "plan": "in plan", "below": "below the line"}
