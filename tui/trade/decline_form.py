"""Questions after a decision: who, and why."""

from __future__ import annotations

from scenarios.trade.changes import Said
from store.records.errors import Refused
from tui.dialogs.form import Field, Form, Values


def decline_form(title: str) -> Form:
    """Asks for the reason to decline a request; :func:`said` reads its values."""
    return Form(
        f"Decline “{title}”",
        (
            Field("because", "because", hint="kept on record, and what the asker will be told"),
            Field("by", "decided by", hint="a name; may stay empty"),
        ),
        check=_check,
        enter="decline it",
    )


def _check(values: Values) -> None:
    if not values["because"].strip():
        raise Refused("Declining needs a reason: it is what the asker will be told.", "because")


def said(values: Values) -> Said:
    """Who decided, and why."""
    return Said(values["by"].strip(), values["because"].strip())
