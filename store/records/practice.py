"""What was said in a play of a practice case: what happened, what was asked, and what was told to whom; and who plays
which role in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, Literal

from store.records.fields import Name, Text
from store.records.record import Record

#: What happens in a case.
EventKind = Literal[
    "ask", "escalation", "promise", "leaves", "evidence", "competitor", "change of mind", "louder", "news"
]
#: What those who play say: a question about an item, an answer that was given.
SaidKind = Literal[EventKind, "asked", "told"]
#: What an answer comes to.
AnswerKind = Literal["yes", "part", "later", "no"]


class Said(Record):
    """Something that was said in a play, or happened. ``event`` is the key of the case's event, empty for what the case
    does not have.

    Of what was told, ``answer`` is what it comes to and ``due`` the day that was named, where one was.
    """

    table: ClassVar[str] = "said"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    at: datetime
    kind: SaidKind
    event: Text = ""
    who: Name
    to_whom: Text = ""
    words: Text
    item_id: int | None = None
    answer: AnswerKind | None = None
    due: date | None = None


class Part(Record):
    """Somebody has a role in a play that is led. ``role`` is its key in the case; empty for whoever leads the script.

    That is all that the workspace knows of it: a role's brief is in the case alone.
    """

    table: ClassVar[str] = "parts"
    role: Text = ""
    name: Name
