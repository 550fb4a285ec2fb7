"""Filling a memo's template: plain text with ``$name`` where something is put in, and ``$$`` for a dollar sign."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Template
from typing import Literal

from store.common.errors import StoreError

Audience = Literal["team", "executives", "account"]

#: What each memo has to put into its template, with the words for it.
PLACEHOLDERS: Mapping[Audience, Mapping[str, str]] = {
    "team": {
        "workspace": "the workspace's name",
        "quarter": "the quarter",
        "date": "the day of the meeting, or the first and last day",
        "present": "who was there",
        "odds": "the odds before and after",
        "effort": "the engineer-weeks that came in, left, were cut and shipped, and the load",
        "changes": "what is not as it was, an item a line",
        "decisions": "every decision in full",
        "money": "what came in and who waits for what left or was cut",
        "one_offs": "the one-off share, its band and the purse",
        "exceptions": "what was signed for and stands",
        "promised": "what was promised and is not in plan",
        "unknown": "what the memo cannot know",
        "legend": "the words that it uses",
    },
    "executives": {
        "workspace": "the workspace's name",
        "quarter": "the quarter",
        "date": "the day of the meeting, or the first and last day",
        "count": "how many decisions",
        "odds": "the odds before and after",
        "effort": "the engineer-weeks that came in, left, were cut and shipped, and the load",
        "changes": "what is not as it was, an item a line",
        "decisions": "a line for each decision",
        "money": "what came in and who waits for what left or was cut",
        "one_offs": "the one-off share, its band and the purse",
        "exceptions": "what was signed for and stands",
        "promised": "what was promised and is not in plan",
        "unknown": "what the memo cannot know",
        "legend": "the words that it uses",
    },
    "account": {
        "customer": "the customer",
        "quarter": "the quarter",
        "date": "the day of the page",
        "since": "a sentence: from which day on changes are said",
        "decided": "the lines of what changed since then",
        "asks": "a line for each request: where it stands, and what changed",
    },
}
#: What Markdown, or HTML within it, takes for more than a character; and what it does so at the beginning of a line.
_MARKS = re.compile(r"([\\`*_\[\]<]|~(?=~)|&(?=#|\w+;))")
_BEGINS = re.compile(r"^(?:([#>+=-])|(\d+)([.)]))")


def fill(template: str, values: Mapping[str, str], audience: Audience, name: str = "the template") -> str:
    """The memo. Raises StoreError, naming the template by ``name``, where it asks for what there is not."""
    known = ", ".join(f"${each}" for each in PLACEHOLDERS[audience])
    try:
        return Template(template).substitute(values)
    except KeyError as error:
        asked = error.args[0]
        place = next(each for each in Template.pattern.finditer(template) if asked in (each["named"], each["braced"]))
        number = template.count("\n", 0, place.start()) + 1
        raise StoreError(
            f"line {number} of {name} asks for ${asked}, which a memo for {audience} has not: it has {known}."
        ) from None
    except ValueError as error:
        where = re.search(r"line (\d+)", str(error))
        line = f"line {where[1]} of {name}" if where else name
        raise StoreError(f"{line} has a $ that names nothing: write $$ for a dollar sign, or one of {known}.") from None


def plain(text: str) -> str:
    """Text from outside as one line of Markdown that shows just these characters, also at the beginning of a line."""
    return _BEGINS.sub(r"\2\\\1\3", _MARKS.sub(r"\\\1", " ".join(text.split())))


def bullets(lines: list[str], none: str) -> str:
    """Lines of Markdown as a list; ``none`` where there are none."""
    return "\n".join(f"- {line}" for line in lines) if lines else none
