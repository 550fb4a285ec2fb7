"""What ``makeroom item`` changes: an item's words, its value, its place, what holds it and what it needs, in one step.

Nothing is written in silence: what takes a signature goes through the door, as in the app.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from scenarios.figures.names import team_named
from scenarios.figures.readers import day_of, number_of
from scenarios.figures.sizes import Range, parse_size
from scenarios.items.item_fields import asks_door, edited
from scenarios.items.worth_and_ties import Ties, part_given, tie, ties_of
from scenarios.plan.item_values import NAMES, PARTS, model_of
from scenarios.plan.plan import Entry, entry_of
from scenarios.plan.ranks import placed, placed_beside
from scenarios.plan.sizes_by_team import present_sizes
from scenarios.requests import intake
from scenarios.trade import changes
from scenarios.trade.door import waiting_by_item
from scenarios.trade.proposals import propose_sizes
from store.common.errors import Refused
from store.records import Command, Item, Record, Shirt, Slice, State
from tui.cli.printing import short
from tui.cli.trade.door import Way, report, through_the_door
from tui.cli.workspace import desk, find_item

#: The options that change something; each is None, or empty, where it was not typed.
_OPTIONS = (
    "title", "slice", "owner", "due", "note", "value", "priority", "customer_title", "waits", "rank", "above",
    "below", "pin", "unpin", "pin_note", "needs", "not_needs", "first_version", "no_version", "version_value",
)  # fmt: skip


def wanted(arguments: argparse.Namespace) -> bool:
    """Whether any option says what to change."""
    typed = (getattr(arguments, name) for name in _OPTIONS)
    # A rank of 0 was typed, too.
    return any(each is not None and each is not False and each != [] for each in typed)


def change(arguments: argparse.Namespace) -> int:
    """Write what the options say, as one step that undo takes back."""
    way = Way.of(arguments)
    with desk(arguments, write=True) as session:
        state, before = session.state, session.now.forecast
        entry = find_item(state, arguments.item)
        command = _command(arguments, state, entry)
        proposal = replace(
            propose_sizes(state, entry.item.id, present_sizes(entry)), command=command, title=command.label
        )
        if asks_door(state, proposal, before):
            return through_the_door(arguments, session, proposal, way)
        words = command.label if not command.empty else "nothing to change"
        return report(arguments, session, before, session.commit(command), words, entry.item.id)


def _command(arguments: argparse.Namespace, state: State, entry: Entry) -> Command:
    """All changes as one command; each is worked out on what those before it leave."""
    item_id = entry.item.id
    words = _words(arguments, state, entry.item)
    later = state.overlay(words)
    ties = tie(later, entry_of(later, item_id), _ties(arguments, later, entry_of(later, item_id)))
    ties = replace(ties, label=ties.label if not ties.empty else "")
    later = later.overlay(ties)
    place = _place(arguments, later, later.all(Item)[item_id])
    steps = [each for each in (words, ties, place) if not each.empty]
    if not steps:
        return Command("edit", "")
    label = steps[0].label if len(steps) == 1 else f"“{later.all(Item)[item_id].title}” edited"
    kind = steps[0].kind if len(steps) == 1 else "edit"
    puts = {(put.table, put.id): put for step in steps for put in step.puts}
    return Command(kind, label, tuple(puts.values()), tuple(row for step in steps for row in step.removes))


# ------------------------------------------------------------------ words


def _words(arguments: argparse.Namespace, state: State, item: Item) -> Command:
    """Title, note, slice, owner, value, priority and day, and who waits. Raises Refused."""
    slices = sorted(state.all(Slice).values(), key=lambda part: (part.position, part.id))
    fresh = edited(
        item,
        slices,
        title=_given(arguments.title, item.title),
        note=_given(arguments.note, item.note),
        part=_given(arguments.slice, item.slice),
        owner=_given(arguments.owner, item.owner),
        value=_value(arguments, item),
        priority=_given(arguments.priority, item.priority),
        due=item.due if arguments.due is None else day_of(arguments.due),
        customer_title=_given(arguments.customer_title, item.customer_title),
    )
    puts: tuple[Record, ...] = () if fresh == item else (fresh,)
    removes: tuple[Record, ...] = ()
    if arguments.waits:
        more, removes = intake.edit_waiting(state, item.id, _names(state, item, arguments.waits))
        puts = (*puts, *more)
    return Command("estimate", f"“{fresh.title}” edited", puts, removes)


def _given(typed: str | None, present: str) -> str:
    return present if typed is None else typed


def _names(state: State, item: Item, typed: Sequence[str]) -> list[str]:
    """Who is to wait: those who are typed, beside those who do already unless an empty name clears them."""
    kept = [] if any(not name.strip() for name in typed) else waiting_by_item(state).get(item.id, ())
    return [*(one.name for one in kept), *typed]


def _value(arguments: argparse.Namespace, item: Item) -> float | None:
    """The item's own score; parts of a value have a name before a sign."""
    typed = [text for text in arguments.value if "=" not in text]
    if len(typed) > 1:
        raise Refused("an item has one value: give --value N once")
    return number_of(typed[0]) if typed else item.value


# ------------------------------------------------------------------ worth, and what holds it


def _ties(arguments: argparse.Namespace, state: State, entry: Entry) -> Ties:
    """What is known of the item, with what was typed. Raises Refused."""
    ties = ties_of(state, entry.item)
    ties = replace(ties, parts=_parts(arguments, state, ties))
    if arguments.unpin and arguments.pin is not None:
        raise Refused("either --pin or --unpin, not both")
    if arguments.unpin:
        ties = replace(ties, pin=None, note="")
    elif arguments.pin is not None:
        ties = replace(ties, pin=arguments.pin)
    if arguments.pin_note is not None:
        if ties.pin is None:
            raise Refused(f"“{short(entry.item.title, 60)}” is not pinned: --pin-note goes with --pin")
        ties = replace(ties, note=arguments.pin_note.strip())
    ties = replace(ties, needs=_needs(arguments, state, entry, ties))
    return _first_version(arguments, state, entry, ties)


def _parts(arguments: argparse.Namespace, state: State, ties: Ties) -> dict[str, float | None]:
    parts = dict(ties.parts)
    columns = {name.casefold(): column for column, words in PARTS[model_of(state)] for name in (words, column)}
    for text in arguments.value:
        name, sign, number = text.partition("=")
        if not sign:
            continue
        column = columns.get(name.strip().casefold())
        if column is None:
            raise Refused(f"“{short(name, 60)}” is not a part of a value here: it is by {value_model(state)}")
        typed = number_of(number)
        parts[column] = None if typed is None else part_given(column, typed)
    return parts


def _needs(arguments: argparse.Namespace, state: State, entry: Entry, ties: Ties) -> tuple[int, ...]:
    needs = dict.fromkeys(ties.needs)
    for text in arguments.needs:
        other = find_item(state, text).item
        if other.id == entry.item.id:
            raise Refused("an item cannot need itself")
        needs[other.id] = None
    for text in arguments.not_needs:
        other = find_item(state, text).item
        if other.id not in needs:
            raise Refused(f"“{short(entry.item.title, 60)}” does not need “{short(other.title, 60)}”")
        del needs[other.id]
    return tuple(needs)


def _first_version(arguments: argparse.Namespace, state: State, entry: Entry, ties: Ties) -> Ties:
    title = short(entry.item.title, 60)
    if arguments.no_version is not None:
        if arguments.first_version:
            raise Refused("either --version or --no-version, not both")
        if not ties.first_version or ties.version_name.casefold() != arguments.no_version.strip().casefold():
            known = f"its first version is “{short(ties.version_name, 60)}”" if ties.first_version else "it has none"
            raise Refused(f"“{title}” has no first version “{short(arguments.no_version, 60)}”: {known}")
        return replace(ties, first_version={}, version_name="", version_value=None)
    if arguments.first_version:
        name, sizes = _version(arguments.first_version, state, entry)
        ties = replace(ties, version_name=name[:200], first_version=sizes)
    if arguments.version_value is not None:
        if not ties.first_version:
            raise Refused(f"“{title}” has no first version: --version 'NAME=1-2-3' makes it")
        ties = replace(ties, version_value=number_of(arguments.version_value))
    return ties


def _version(typed: Sequence[str], state: State, entry: Entry) -> tuple[str, dict[int, Range]]:
    """The name and the sizes of a first version, by team id."""
    shirts = sorted(state.all(Shirt).values(), key=lambda shirt: shirt.position)
    names, sizes = dict[str, None](), dict[int, Range]()
    for text in typed:
        name, sign, size = text.rpartition("=")
        if not sign or not name.strip():
            raise Refused(f"“{short(text, 60)}” is not a first version: write 'NAME=1-2-3', or 'NAME=TEAM:1-2-3'")
        names[name.strip()] = None
        team, colon, size = size.rpartition(":")
        if not colon and len(entry.sizes) > 1:
            raise Refused("the item is of several teams: write 'NAME=TEAM:1-2-3', once for each of them")
        own = changes.home_of(state, entry)
        sizes[team_named(state, team).id if colon else own] = parse_size(size, shirts)
    if len(names) > 1:
        raise Refused("an item has one first version: the same NAME in each --version")
    return next(iter(names)), sizes


# ------------------------------------------------------------------ its place


def _place(arguments: argparse.Namespace, state: State, item: Item) -> Command:
    """Where it stands on its side of the line. Raises Refused."""
    typed = [name for name in ("rank", "above", "below") if getattr(arguments, name) is not None]
    if not typed:
        return Command("rank", "")
    if len(typed) > 1:
        raise Refused("one of --rank, --above and --below")
    if typed == ["rank"]:
        return placed(state, (item.id,), arguments.rank)
    beside = find_item(state, getattr(arguments, typed[0])).item
    return placed_beside(state, (item.id,), beside.id, after=typed == ["below"])


def value_model(state: State) -> str:
    """How this workspace values its items, in words, and by which parts."""
    model = model_of(state)
    return f"{NAMES[model]} ({', '.join(words for _, words in PARTS[model]) or 'one number'})"
