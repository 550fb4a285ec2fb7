"""The stakeholders of a request as lines of a form: a name, what they are to it, and where they stand."""

from __future__ import annotations

from scenarios.requests.voices import PARTS, STANCES, Stands, stakeholders_of, write_stakeholders
from store.common.errors import Refused, refused_about
from store.records import Command, State
from store.records.negotiation import Stakeholder
from tui.forms.card_lines import Fields, choice
from tui.forms.fields import Field, Values

_LINE = f"name; {', '.join(PARTS)}; {', '.join(STANCES)}: as Jo Field; buyer; for"
#: Lines for more than there are.
_SPARE = 3


def stakeholder_fields(state: State, item_id: int) -> Fields:
    """A line for each, and some for more."""
    lines = [_line(row) for row in stakeholders_of(state, item_id)] + [""] * _SPARE
    return [Field(f"stakeholder-{at}", f"stakeholder {at}", line, _LINE) for at, line in enumerate(lines, 1)]


def _line(row: Stakeholder) -> str:
    return f"{row.name.replace(';', ',')}; {row.part}; {row.stance}"


def stakeholder_read(state: State, item_id: int, values: Values) -> Command:
    """Exactly those who stand in the lines."""
    rows = {f"stakeholder-{at}": row for at, row in enumerate(stakeholders_of(state, item_id), 1)}
    wanted = []
    for field, text in values.items():
        if not field.startswith("stakeholder-") or not text.strip():
            continue
        row = rows.get(field)
        if row is not None and text.strip() == _line(row):
            wanted.append(Stands(row.name, row.part, row.stance))
            continue
        name, part, stance, *more = (*(each.strip() for each in text.split(";")), "", "")
        if not name or not part or any(more):
            raise Refused(f"“{text[:40]}” is not a stakeholder: write {_LINE}.", field)
        chosen = choice({field: part}, field, PARTS)
        stands = choice({field: stance}, field, STANCES) or "unknown"
        wanted.append(
            Stands(
                name, next(each for each in PARTS if each == chosen), next(each for each in STANCES if each == stands)
            )
        )
    with refused_about("stakeholder-1"):
        return write_stakeholders(state, item_id, wanted)
