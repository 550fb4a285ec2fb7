"""``makeroom decisions``: the decision log, searched as in the app; it changes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Set

from scenarios.decisions.log import LogLine, customers_by_item, log_of
from scenarios.decisions.log_search import Query, customers_called, search
from scenarios.decisions.log_words import in_full, moved_words, way_words
from store.common.errors import Refused
from store.records import Customer, Item, State
from tui.cli.outputs import DecisionOut, DecisionsOut, MoveOut, OptionOut, SignedOut
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.workspace import look


def run(arguments: argparse.Namespace) -> int:
    """List those that match. Raises Refused for a customer or a slice that is not known."""
    query = Query(" ".join(arguments.words), arguments.customer, arguments.slice, arguments.person)
    state = look(arguments)
    log = log_of(state)
    since = arguments.since
    found = search(state, [line for line in log if since is None or line.decision.at.date() >= since], query)
    if found.unknown:
        raise Refused(found.unknown)
    if arguments.json:
        whose = customers_by_item(state)
        rows = [_described(line, state, whose) for line in found.lines]
        print_json(DecisionsOut(total=len(log), found=len(rows), decisions=rows))
        return DONE
    for line in found.lines:
        for text in _lines(line, state, full=arguments.full):
            say(text)
    say(_count(query, len(found.lines), len(log), state))
    return DONE


def _lines(line: LogLine, state: State, *, full: bool) -> Iterator[str]:
    row, detail = line.decision, line.detail
    when = f"{row.at:%Y-%m-%d %H:%M}"
    if full:
        yield f"{row.id:>5}  {when}  {short(row.title, 200)}"
        for what, words in in_full(line, state):
            yield f"  {what:<12} {short(words, 2_000)}"
        yield ""
        return
    parts = [short(moved_words(line), 300)]
    if detail is not None and detail.asked_by:
        parts.append(f"asked {short(detail.asked_by, 60)}")
    parts.append(f"decided {short(row.decided_by or 'nobody named', 60)}")
    if detail is not None and detail.dissent:
        parts.append(f"dissent {short(detail.dissent, 120)}")
    if detail is not None and detail.review:
        parts.append(f"review {detail.review.isoformat()}")
    yield f"{row.id:>5}  {when}  {'   '.join(parts)}"


def _count(query: Query, found: int, total: int, state: State) -> str:
    of = "" if found == total else f" of {total:,}"
    words = f"{found:,}{of} decision{'' if total == 1 else 's'}"
    if query.customer:
        # A part of a name can mean several: whom it was taken for is said.
        words += f" about {', '.join(short(each.name, 60) for each in customers_called(state, query.customer))}"
    return words


def _described(line: LogLine, state: State, whose: Mapping[int, Set[int]]) -> DecisionOut:
    """One decision of the log."""
    row, detail = line.decision, line.detail
    items = state.all(Item)
    customers = {one for key in line.item_ids for one in whose.get(key, ())}
    return DecisionOut(
        id=row.id,
        at=row.at,
        kind=row.kind,
        title=row.title,
        item=row.item_id,
        slices=sorted({items[key].slice for key in line.item_ids}),
        customers=sorted(state.all(Customer)[key].name for key in customers),
        asked_by=detail.asked_by if detail else "",
        decided_by=row.decided_by,
        present=detail.present if detail else "",
        because=row.because,
        dissent=detail.dissent if detail else "",
        conditions=detail.conditions if detail else "",
        review=detail.review if detail else None,
        odds_before=row.odds_before,
        odds_after=row.odds_after,
        load_before=detail.load_before if detail else None,
        load_after=detail.load_after if detail else None,
        one_offs_before=detail.one_offs_before if detail else None,
        one_offs_after=detail.one_offs_after if detail else None,
        about=detail.about_id if detail else None,
        moves=[MoveOut(item=each.item_id, kind=each.kind, title=each.title, ew=each.ew) for each in line.moves],
        ways=[way_words(way, state) for way in line.ways],
        options=[
            OptionOut(
                title=each.title,
                chosen=each.chosen,
                odds=each.odds,
                ew=each.ew,
                value=each.value,
                waiting_revenue=each.arr,
                revenue_known_for=each.known,
                customers_waiting=each.waiting,
            )
            for each in line.options
        ],
        signed=[
            SignedOut(
                right=each.right,
                name=each.name,
                reason=each.reason,
                conditions=each.conditions,
                review=each.review,
                figure=each.figure,
                bound=each.bound,
                reviewed=each.reviewed_id is not None,
                cleared=each.cleared_id is not None,
            )
            for each in line.terms
        ],
    )
