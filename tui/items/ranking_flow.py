"""The order of the items, and one edit of many: asked for in a menu, seen in the list first, then one step of undo."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.figures.names import item_named
from scenarios.figures.readers import needed_number
from scenarios.items.bulk_edit import FIELDS, BulkEdit, edit_items
from scenarios.items.sort import SORTS, Sorting, sorted_by
from scenarios.items.terms import SortKey
from scenarios.plan.ranks import moved_to_end, placed, placed_beside
from store.common.errors import Refused, refused_about
from store.records import Command
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host
from tui.flows.long_change import write_change
from tui.widgets.keys import key_named

#: The key of each thing to sort by.
_SORT_KEYS: Mapping[str, SortKey] = {
    "v": "value", "w": "value-per-week", "p": "priority", "z": "size", "d": "due", "r": "arr", "t": "title", "k": "key",
}  # fmt: skip
#: So many items are worked out again with each letter that is typed.
_FOLLOWED = 300


async def rank_items(board: Host) -> None:
    """Sort, or move what is chosen to the top, the bottom, a place, above another."""
    if board.session.now.ready is False:
        return
    chosen, what = board.chosen
    answer = await board.ask(
        Menu(
            f"Rank {what}",
            [
                Choice("s", "sort", "once, by value, priority …; seen first"),
                Choice("t", "to the top", "of its side of the line"),
                Choice("b", "to the bottom", "of its side of the line"),
                Choice("n", "to place n", "1 is the first"),
                Choice("a", "above another item"),
            ],
        )
    )
    if answer == "s":
        await _sort(board)
        return
    ids = [entry.item.id for entry in chosen if entry.item.state in ("plan", "below")]
    if answer is None or not ids:
        return
    state = board.session.state
    if answer in ("t", "b"):
        command = moved_to_end(state, ids, top=answer == "t")
    else:
        found = await _ask_place(board, ids, what, above=answer == "a")
        if found is None:
            return
        command = found
    if command.empty:
        board.tell("It stands there already.")
        return
    entry = board.plan.entry
    await write_change(board, command, command.label, entry.item.id if entry is not None else None)


async def _ask_place(board: Host, ids: list[int], what: str, *, above: bool) -> Command | None:
    """The move to a place that is typed: a number, or the item that it is to stand above."""
    state = board.session.state
    name = "above" if above else "place"

    def read(values: Values) -> Command:
        with refused_about(name):
            if above:
                return placed_beside(state, ids, item_named(state, values[name]).id)
            number = needed_number(values[name])
            if number != int(number):
                raise Refused(f"“{values[name]}” is not a place: it is a whole number, 1 the first")
            return placed(state, ids, int(number))

    def check(values: Values) -> None:
        read(values)

    hint = "its title, key or number, or a part of its title" if above else "1 is the first on its side of the line"
    label = "above which item" if above else "to place"
    values = await board.ask(Form(f"Rank {what}", (Field(name, label, "", hint),), check=check, enter="move it there"))
    return None if values is None else read(values)


async def _sort(board: Host) -> None:
    """Choose by what; the list shows how it would stand, and one key does it."""
    among, what = _among(board)
    keys = [Choice(key, SORTS[by].words, SORTS[by].first) for key, by in _SORT_KEYS.items()]
    about = "What is in plan stays in plan. Items without a figure come last, and ties keep their order."
    answer = await board.ask(Menu(f"Sort {what} by", keys, about))
    if answer is None:
        return
    by, backwards, stood = _SORT_KEYS[answer], False, board.plan.entry
    while True:
        now = board.session.now
        sides = (now.plan.entries, now.below)
        found = sorted_by(board.session.state, by, backwards=backwards, among=among, sides=sides)
        board.plan.show_order(*found.after)
        answer = await board.ask(_confirm(found, what))
        if answer != "o":
            break
        backwards = not backwards
    if answer is None or found.command.empty:
        board.refresh_all()
        # In the order that was shown, another item stood on the cursor's row.
        if stood is not None and (row := board.plan.row_of(stood.item.id)) is not None:
            board.plan.move_to(row)
        return
    words = "; ".join((found.command.label, *found.remarks))
    await write_change(board, found.command, words)


def _confirm(found: Sorting, what: str) -> Menu:
    order = SORTS[found.by].last if found.backwards else SORTS[found.by].first
    other = SORTS[found.by].first if found.backwards else SORTS[found.by].last
    do = Choice(
        "s",
        "sort" if found.moved else "done",
        f"one step, undone with one {key_named('board.undo')}" if found.moved else "",
    )
    menu = Menu(
        f"Sort {what} by {SORTS[found.by].words}, {order}",
        [do, Choice("o", "in reverse", other)],
        f"The list shows it. {found.words}",
        leave="back, nothing changed",
    )
    # The list above it shows the new order.
    menu.add_class("-low")
    menu.shows_below = True
    return menu


def _among(board: Host) -> tuple[frozenset[int] | None, str]:
    """The items that a sort is of; None for all."""
    chosen, what = board.chosen
    if len(chosen) > 1 or board.filter:
        return frozenset(entry.item.id for entry in chosen), what
    return None, "plan and backlog"


async def edit_many(board: Host) -> None:
    """One edit of all that is marked, else of what the search shows, else of the item on the cursor."""
    chosen, what = board.chosen
    if not chosen:
        return
    state = board.session.state
    slices = ", ".join(f"{part.letter} {part.name}" for part in board.session.now.slices)
    teams = ", ".join(team.name for team in board.session.now.plan.teams)
    hints = {"slice": slices, "team": teams, "value": "a number on your own scale", "priority": "P0, High, 1"}
    fields = [Field(name, name, "", f"{hints.get(name, '')}; empty: as it is; - takes it away") for name in FIELDS]

    def read(values: Values) -> BulkEdit:
        wanted = {name: values[name].strip() for name in FIELDS if values[name].strip()}
        return edit_items(state, chosen, {name: "" if text == "-" else text for name, text in wanted.items()})

    def check(values: Values) -> None:
        read(values)

    def follow(values: Values) -> str:
        found = read(values)
        return f"{found.words} It goes through the door: the plan's load changes." if found.asks_door else found.words

    form = Form(
        f"Change {what}",
        fields,
        f"One step, undone with one {key_named('board.undo')}. Empty lines stay as they are.",
        check=check,
        follow=follow if len(chosen) <= _FOLLOWED else None,
    )
    values = await board.ask(form)
    if values is None:
        return
    found = read(values)
    if not found.changed:
        board.tell("Nothing changes.")
    elif found.asks_door:
        board.propose(found.proposal, found.proposal.title)
    else:
        entry = board.plan.entry
        on_cursor = entry.item.id if entry is not None else None
        await write_change(board, found.proposal.command, found.proposal.title, on_cursor)
