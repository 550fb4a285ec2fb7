"""``makeroom outcome``: what came of finished items, shown, and said where it is known now."""

from __future__ import annotations

import argparse

from scenarios.figures.names import Kind, matches, plain_name, several, unknown
from scenarios.graded.adoption import Adoption, adoption_of
from scenarios.graded.rows import GradedItem, quarters_on_record, rows_until
from store.common.errors import Refused
from store.common.text import many, series
from store.records import Outcome, State
from tui.cli.plain_change import change, command_of, typed
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.quarter.outputs import CameOut, OutcomesOut
from tui.cli.workspace import look
from tui.forms.outcomes import OUTCOME

_KIND: Kind[Outcome] = Kind(
    "finished item", name=lambda row: row.title, hint="--quarter says which", none="close a quarter first"
)


def run(arguments: argparse.Namespace) -> int:
    """List them, or say what is known of one. Raises Refused."""
    values = typed(OUTCOME, arguments)
    if arguments.item:
        if not values:
            raise Refused("say what is known of it: --use, --validated, --adopted")
        return change(arguments, lambda now: (command_of(OUTCOME, now, _named(now.state, arguments).id, values), ()))
    if values or arguments.quarter:
        raise Refused("name the item that it is of")
    state = look(arguments)
    rows = [*_finished(state)]
    adoption = {each.outcome.id: each for each in adoption_of(state, (row.outcome for row in rows))}
    if arguments.json:
        print_json(OutcomesOut(items=[_described(row, adoption.get(row.outcome.id)) for row in rows]))
        return DONE
    for row in rows:
        known = adoption.get(row.outcome.id)
        words = "; ".join(filter(None, (_words(row), "" if known is None else f"adoption: {known.words}")))
        say(f"{short(row.outcome.quarter, 20)}  {short(row.title, 60)}: {words}")
    if not rows:
        say("no outcome is on record: no quarter was closed with outcomes, and no file brought any")
    return DONE


def _finished(state: State) -> list[GradedItem]:
    quarters = quarters_on_record(state)
    rows = rows_until(state, quarters[-1].number) if quarters else []
    return sorted((row for row in rows if row.done and row.outcome.id > 0), key=lambda row: not row.lacks)


def _named(state: State, arguments: argparse.Namespace) -> Outcome:
    rows = [row.outcome for row in _finished(state)]
    if arguments.quarter:
        rows = [row for row in rows if plain_name(row.quarter) == plain_name(arguments.quarter)]
    found = matches(rows, arguments.item, _KIND)
    if not found:
        raise unknown(rows, arguments.item, _KIND)
    if len(found) > 1 and len({plain_name(row.title) for row in found}) == 1:
        quarters = series(sorted({row.quarter for row in found}))
        raise Refused(
            f"“{short(arguments.item, 60)}” was finished in {short(quarters, 80)}: --quarter says which is meant"
        )
    if len(found) > 1:
        raise several(found, arguments.item, _KIND)
    return found[0]


def _words(row: GradedItem) -> str:
    said = []
    if row.outcome.use is not None:
        users = row.outcome.users
        said.append(f"used by {row.outcome.use if users is None else many(users, 'account')}")
    if row.outcome.validated is not None:
        said.append("validated first" if row.outcome.validated else "not validated first")
    if row.deal is not None and row.deal.outcome is not None:
        said.append(f"deal {row.deal.outcome}")
    if row.lacks:
        said.append(f"not known yet: {', '.join(row.lacks)}")
    return "; ".join(said)


def _described(row: GradedItem, adoption: Adoption | None) -> CameOut:
    return CameOut(
        quarter=row.outcome.quarter,
        title=row.title,
        use=row.outcome.use,
        users=row.outcome.users,
        validated=row.outcome.validated,
        deal=row.deal.outcome if row.deal is not None else None,
        lacks=list(row.lacks),
        adopted=row.outcome.adopted,
        could_adopt=row.outcome.could_adopt,
        adoption_on=row.outcome.adoption_on,
        adoption_aim=adoption.aim if adoption is not None else None,
        adoption_due=adoption.due if adoption is not None and row.outcome.adopted is None else None,
    )
