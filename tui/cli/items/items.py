"""``makeroom item``: an item whole; and, with options, what the app's forms for an item change, in one step."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from scenarios.figures.sizes import format_ew, format_range, range_of
from scenarios.plan.departures import needs_of, versions_of
from scenarios.plan.item_values import PARTS, model_of, worth_of
from scenarios.plan.plan import Entry, entries_of
from scenarios.rules.commitments import promises
from scenarios.rules.returns import request_of
from store.records import Customer, Item, Pin, Size, State, Team, ValueParts
from tui.cli import plan_outputs
from tui.cli.items.outputs import ItemWholeOut, RequestOut, VersionOut
from tui.cli.outputs import ReferredOut, SizeOut
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.workspace import desk, find_item
from tui.drawing.plain import percent
from tui.drawing.words import money, odds_percent, points
from tui.session.figures import Figures

_WHERE = {"plan": "in plan", "below": "below the line", "inbox": "in the inbox"}
#: Characters of a line of text.
_LONG = 2_000


def item(arguments: argparse.Namespace) -> int:
    """Show an item, or change it where an option says how. Raises Refused with a sentence."""
    from tui.cli.items import item_edits

    if item_edits.wanted(arguments):
        return item_edits.change(arguments)
    with desk(arguments) as session:
        entry = find_item(session.state, arguments.item)
        found = whole(session.now, entry)
        if arguments.json:
            print_json(found)
        else:
            for line in _lines(found, _so_far(session.state, entry)):
                say(line)
    return DONE


def whole(now: Figures, entry: Entry) -> ItemWholeOut:
    """All that is known of an item."""
    state, own = now.state, entry.item
    forecast = now.forecast if own.state == "plan" else None
    parts = next((row for row in state.each(ValueParts) if row.item_id == own.id), None)
    model = model_of(state)
    worth = worth_of(model, entry, parts)
    needs = needs_of(state)
    pin = next((row for row in state.each(Pin) if row.item_id == own.id), None)
    return ItemWholeOut(
        **vars(plan_outputs.item_of(now, entry, forecast)),
        rank=_rank(state, own),
        note=own.note,
        worth=worth.words if worth else "",
        value_parts={words: value for name, words in PARTS[model] if (value := getattr(parts, name, None)) is not None},
        pin_note=pin.note if pin is not None else "",
        needs=_named(state, needs.get(own.id, ())),
        needed_by=_named(state, [key for key, wanted in needs.items() if own.id in wanted]),
        versions=_versions(state, entry),
        request=_request(state, own),
        promises=[each.words for each in promises(state) if each.item.id == own.id],
        source_title=own.source_title,
        source_size=own.source_size,
        team=_team(state, entry),
    )


def _team(state: State, entry: Entry) -> str | None:
    """Whose an item is that nobody has sized."""
    key = entry.item.team_id
    return None if entry.sized or key is None else state.all(Team)[key].name


def _rank(state: State, own: Item) -> int | None:
    if own.state not in ("plan", "below"):
        return None
    return next(at for at, entry in enumerate(entries_of(state, own.state), 1) if entry.item.id == own.id)


def _named(state: State, keys: Iterable[int]) -> list[ReferredOut]:
    items = state.all(Item)
    return [ReferredOut(id=key, title=items[key].title, state=items[key].state) for key in sorted(keys)]


def _versions(state: State, entry: Entry) -> list[VersionOut]:
    found = []
    for each in versions_of(state, [entry]).get(entry.item.id, ()):
        if each.version is not None and each.stays is not None:
            sizes = _sizes(state, each.stays.sizes)
            found.append(VersionOut(name=each.version.name, ew=each.stays.ew, value=each.version.value, sizes=sizes))
    return found


def _sizes(state: State, sizes: Iterable[Size]) -> list[SizeOut]:
    teams = state.all(Team)
    return [SizeOut(team=teams[row.team_id].name, low=row.low, likely=row.likely, high=row.high) for row in sizes]


def _request(state: State, own: Item) -> RequestOut | None:
    row = request_of(state, own.id)
    if row is None:
        return None
    customer = state.all(Customer)[row.customer_id].name if row.customer_id is not None else None
    fields = row.model_dump(exclude={"id", "rev", "item_id", "customer_id"})
    return RequestOut(**fields, customer=customer)


# ------------------------------------------------------------------ in lines


def _so_far(state: State, entry: Entry) -> list[tuple[str, str]]:
    """How far each team is with an item, where somebody told."""
    teams = state.all(Team)
    found = []
    for size in entry.sizes if entry.progress else ():
        told = entry.progress_of(size.team_id)
        spent, left = format_ew(told.spent), format_ew(told.left_of(size))
        took = f"it took {spent} ew" if told.counted else "nobody counted what it took"
        words = f"done {told.done_on}, {took}" if told.done else f"{spent} ew spent, {left} ew left"
        found.append((f"so far {teams[size.team_id].name}", words))
    return found


def _lines(found: ItemWholeOut, so_far: Iterable[tuple[str, str]]) -> list[str]:
    """A line for each thing that is known, its name first; ``so_far`` is how far it is."""
    where = _WHERE.get(found.state, found.state) + (f", rank {found.rank}" if found.rank is not None else "")
    if found.unplanned:
        where += ", unplanned: it came in after the baseline"
    rows = [
        ("slice", found.slice),
        ("owner", found.owner),
        *((f"size {each.team}", f"{_range(each)} ew") for each in found.sizes),
        ("team", found.team or ""),
        ("size", "" if found.sizes else "none yet (makeroom size)"),
        *so_far,
        ("worth", found.worth or _unvalued(found)),
        ("priority", found.priority),
        ("for customers", found.customer_title),
        ("due", found.due.isoformat() if found.due else ""),
        ("why", found.note),
        ("pin", " ".join(part for part in (found.pinned, found.pin_note) if part)),
        *(("needs", _item_words(each)) for each in found.needs),
        *(("needed by", _item_words(each)) for each in found.needed_by),
        *(("first version", _version_words(each)) for each in found.versions),
        ("waits", ", ".join(found.waits)),
        *(("promise", each) for each in found.promises),
        ("signed", ", ".join(found.signed)),
        *_asked(found.request),
        ("key", found.key or ""),
        ("imported as", found.source_title if found.source_title and found.source_title != found.title else ""),
        ("imported size", found.source_size or ""),
    ]
    if found.odds is not None and found.if_cut is not None:
        rows.insert(
            0, ("odds", f"{odds_percent(found.odds)}; {points(found.if_cut / 100)} points for the plan if it is cut")
        )
    return [
        f"{found.id} “{short(found.title, 300)}”, {where}",
        *(f"  {short(name, 40):<14} {short(words, _LONG)}" for name, words in rows if words),
    ]


def _range(size: SizeOut) -> str:
    row = Size(id=1, item_id=1, team_id=1, low=size.low, likely=size.likely, high=size.high)
    return format_range(range_of(row))


def _unvalued(found: ItemWholeOut) -> str:
    """The parts that are there where one is missing yet."""
    return ", ".join(f"{words} {value:g}" for words, value in found.value_parts.items())


def _item_words(each: ReferredOut) -> str:
    return f"{each.id} “{each.title}”, {_WHERE.get(each.state, each.state)}"


def _version_words(each: VersionOut) -> str:
    value = f", value {each.value:g}" if each.value is not None else ""
    sizes = ", ".join(f"{size.team} {_range(size)}" for size in each.sizes)
    return f"{each.name}: {format_ew(each.ew)} ew ({sizes}){value}"


def _asked(request: RequestOut | None) -> list[tuple[str, str]]:
    if request is None:
        return []
    deal = ""
    if request.deal_amount is not None:
        chance = f" x {percent(request.deal_probability)}" if request.deal_probability is not None else ""
        closes = f", closes {request.deal_closes.isoformat()}" if request.deal_closes else ""
        deal = f"{money(request.deal_amount)}{chance}{closes}"
    return [
        ("asked", f"{request.received_at:%Y-%m-%d}" + (f" by {request.asked_by}" if request.asked_by else "")),
        ("customer", request.customer or ""),
        ("problem", request.problem),
        ("claimed size", request.claimed),
        ("deal", deal),
    ]
