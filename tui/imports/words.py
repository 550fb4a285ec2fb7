"""What the fields, formats and separators of an import are called on screen."""

from __future__ import annotations

from collections.abc import Mapping

from store.imports import formats
from store.imports.columns import Field

#: each field, and what it is; in the order in which people look for them
FIELDS: Mapping[Field, str] = {
    "title": "what it is called; every item needs one",
    "key": "its number there: rows are matched by it the next time",
    "type": "story, bug ...: chooses the slice",
    "label": "labels, tags: choose the slice",
    "component": "components, areas: choose the slice",
    "team": "who does it",
    "owner": "assignee",
    "points": "estimate in story points",
    "hours": "estimate in hours",
    "days": "estimate in days",
    "weeks": "estimate in engineer-weeks",
    "seconds": "estimate as Jira keeps it, in seconds",
    "size": "estimate with its unit, range or T-shirt: 3d, 2-3-5, M",
    "low": "low, P10",
    "likely": "likely, P50",
    "high": "high, P90",
    "due": "due date",
    "value": "what it is worth",
    "customer": "who waits for it",
    "note": "description",
    "status": "where it stands: what is done is left out",
    "category": "status category",
    "priority": "what the source calls it: P0, High, 1",
    "parent": "the epic or story that it is a part of",
    "blocked_by": "what it needs",
    "blocks": "what needs it",
    "id": "another number that rows are called by",
}
#: the formats, as they are chosen
FORMATS: Mapping[str, str] = {each.name: each.dialect.words or "a plain table" for each in formats.FORMATS}
DELIMITERS: Mapping[str, str] = {",": "comma", ";": "semicolon", "|": "bar", "\t": "tab"}
#: where an item stands
STATES: Mapping[str, str] = {"inbox": "in the inbox", "plan": "in plan", "below": "below the line"}
