"""``makeroom one-offs``: a quarter's one-offs, their share and the purse; and asking for a platform item."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from scenarios.figures.names import Kind, named
from scenarios.figures.sizes import format_ew
from scenarios.requests.patterns import Pattern, patterns_of
from scenarios.rules.charter import holder_words
from scenarios.rules.one_off_quarters import OneOffs, one_offs_of, quarters_of
from scenarios.rules.one_offs import OneOff, ledger_words
from store.common.errors import Refused
from store.records import Item, Quarter, State
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.rules.outputs import OneOffOut, OneOffsOut, PatternOut, PickOut, PurseOut
from tui.cli.trade.door import report
from tui.cli.workspace import desk
from tui.drawing.plain import fit
from tui.session.session import Session

#: Cells of a title in the ledger.
_TITLE = 40


def run(arguments: argparse.Namespace) -> int:
    """List them, or ask for a platform item. Raises Refused for a quarter or a kind that is not there."""
    if arguments.platform and arguments.quarter:
        raise Refused("a platform item is asked for in the present quarter: leave --quarter out")
    if arguments.platform:
        with desk(arguments, write=True) as session:
            return _propose(arguments, session)
    with desk(arguments) as session:
        state = session.state
        quarter = _quarter(state, arguments.quarter)
        found = one_offs_of(state, quarter.id, session.now.plan.entries)
        if arguments.json:
            print_json(_described(state, found))
        else:
            for line in _lines(state, found):
                say(line)
    return DONE


def _quarter(state: State, name: str) -> Quarter:
    """The quarter of that name, by default the present one. Raises Refused."""
    quarters = quarters_of(state)
    return named(quarters, name, Kind("quarter")) if name.strip() else state.quarter


def _propose(arguments: argparse.Namespace, session: Session) -> int:
    """Three of a kind become a request in the inbox; then they are proposed no more."""
    state = session.state
    wanted = arguments.platform.strip().casefold()
    patterns = patterns_of(state)
    begins = [row for row in patterns if row.name.casefold() == wanted]
    begins = begins or [row for row in patterns if wanted and row.name.casefold().startswith(wanted)]
    if len(begins) != 1:
        raise Refused(_no_pattern(state, wanted, patterns))
    pattern, before = begins[0], session.now.forecast
    command = pattern.propose(state)
    applied = session.commit(command)
    made = next(put.id for put in command.puts if isinstance(put, Item))
    item_id = applied.ids[made] if applied is not None else None
    return report(arguments, session, before, applied, f"“{pattern.title}” waits in the inbox", item_id)


def _no_pattern(state: State, wanted: str, patterns: tuple[Pattern, ...]) -> str:
    asked = next((item for item in state.all(Item).values() if item.title.casefold() == f"platform: {wanted}"), None)
    if asked is not None and asked.state != "declined":
        return f"“{short(asked.title, 60)}” was asked for already"
    names = ", ".join(short(row.name, 60) for row in patterns) or "none"
    return f"there are no three of a kind “{short(wanted, 60)}” within four quarters; kinds that have three: {names}"


def _described(state: State, shown: OneOffs) -> OneOffsOut:
    gauge, purse = shown.gauge, shown.purse
    items, effort, most = state.all(Item), float(purse.effort), float(purse.most_effort)
    return OneOffsOut(
        quarter=shown.quarter.name,
        present=shown.quarter.id == state.quarter.id,
        quarters=[row.name for row in quarters_of(state)],
        share=gauge.share.amount,
        band=gauge.band if gauge.share.known else "",
        ceiling=None if gauge.ceiling is None else float(gauge.ceiling),
        over=gauge.over,
        purse=PurseOut(
            holder=holder_words(state, "one-off"),
            bought=[
                PickOut(id=pick.item_id, title=items[pick.item_id].title, who=pick.who, ew=pick.effort)
                for pick in purse.picks
            ],
            count=len(purse.picks),
            most=purse.most_count,
            left=max(0, purse.most_count - len(purse.picks)),
            ew=effort,
            most_ew=most,
            left_ew=max(0.0, float(purse.most_effort - purse.effort)),
        ),
        platforms=[
            PatternOut(
                kind=row.name,
                title=row.title,
                absorbs=row.effort.amount or 0.0,
                one_offs=[f"{each.title} ({each.quarter})" for each in row.taken],
            )
            for row in (patterns_of(state) if shown.quarter.id == state.quarter.id else ())
        ],
        ledger=[_row(row) for row in shown.ledger],
    )


def _row(row: OneOff) -> OneOffOut:
    said = row.said
    return OneOffOut(
        id=row.entry.item.id,
        title=row.entry.item.title,
        customer=row.whose or None,
        asked_by=row.asked_by,
        kind=row.kind,
        ew=row.entry.ew,
        sized=row.entry.sized,
        took=row.took,
        under_way=row.under_way,
        returns=row.ratio.amount,
        state=row.state,
        decided_by=said.decision.decided_by if said is not None else None,
        because=said.decision.because if said is not None else None,
        outcome=said.outcome if said is not None else None,
        purse=row.pick.who if row.pick is not None else None,
    )


def _lines(state: State, shown: OneOffs) -> Iterator[str]:
    found = _described(state, shown)
    purse = found.purse
    yield f"{short(found.quarter)}{', now' if found.present else ''}: {shown.gauge.words}"
    whose = f"spent by {purse.holder} alone" if purse.holder else "nobody holds it"
    left = f"{purse.left} and {format_ew(purse.left_ew)} ew left"
    yield f"purse: {shown.purse.words}, {left}, {short(whose, 120)}"
    for pick in purse.bought:
        title = fit(short(pick.title, 200), _TITLE)
        yield f"  {pick.id:>6} {title} {format_ew(pick.ew):>7} ew  by {short(pick.who, 60)}"
    for each in found.platforms:
        words = f"{len(each.one_offs)} of a kind “{each.kind}” within four quarters"
        yield f"{words}: “{each.title}” would have absorbed {format_ew(each.absorbs)} ew (--platform '{each.kind}')"
        for title in each.one_offs:
            yield f"    {short(title, 200)}"
    yield f"ledger: {ledger_words(shown.ledger)}"
    for source, row in zip(shown.ledger, found.ledger, strict=True):
        size = f"{format_ew(float(source.effort))} ew" if row.sized else "no size"
        returns = f"returns {source.ratio.text}"
        by = ", ".join(
            part for part in (short(row.customer or "", 40), short(row.asked_by, 40), row.kind or "") if part
        )
        where = f"{row.state}, out of the purse" if row.purse is not None else row.state
        title = fit(short(row.title, 200), _TITLE)
        yield f"  {row.id:>6} {title} {size:>9}  {returns:<20} {where}{f'  ({by})' if by else ''}"
