"""The plain changes that reports look back on: a request that was carried past its desk."""

from __future__ import annotations

from scenarios.requests.escalations import escalate, last_escalation
from store.records import Item
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange
from tui.session.session import Figures


def _escalation(now: Figures, record: int | None) -> Values | None:
    if record not in now.state.all(Item):
        return None
    row = last_escalation(now.state, record or 0)
    return {} if row is None else {"by_whom": row.by_whom, "to_whom": row.to_whom, "chose": row.chose}


#: ``record`` is the item.
ESCALATION = PlainChange(
    "escalation",
    (
        Ask(
            "by_whom",
            "carried by",
            "--by",
            "who carried it past its desk",
            needed="Who carried it past its desk? Write a name or a role.",
        ),
        Ask("to_whom", "carried to", "--to", "to whom it was carried"),
        Ask("chose", "Sales chose", "--sales-chose", "what Sales chose, where it was sent back to them to adjudicate"),
    ),
    lambda now, record, values: escalate(now.state, record or 0, values["by_whom"], values["to_whom"], values["chose"]),
    lambda now, record: f"Carried past its desk: {now.state.all(Item)[record or 0].title[:120]}",
    "The report of the month counts it, and how long an answer took.",
    start=_escalation,
)

LOOKING_BACK = (ESCALATION,)
