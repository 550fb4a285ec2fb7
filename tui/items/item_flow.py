"""Editing an item and sizing it; a bigger estimate of a planned item goes through the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scenarios.figures.readers import AS_DAY, day_in, number_in
from scenarios.figures.sizes import Range, format_range, range_of, shirts_of
from scenarios.figures.teams import teams_of
from scenarios.items.item_fields import asks_door, edited
from scenarios.odds.levers import with_sizes
from scenarios.plan.plan import Entry, entry_of
from scenarios.plan.sizes_by_team import present_sizes, sizes_in
from scenarios.requests import intake
from scenarios.requests.card import confirming, unconfirmed, write_request
from scenarios.trade import changes
from scenarios.trade.door import waiting_by_item
from scenarios.trade.proposals import propose_sizes
from store.common.errors import Refused, refused_about
from store.records import Command, Item, Record, State
from tui.dialogs.form import Field, Form, Values
from tui.drawing.words import arrow
from tui.flows.host import Host
from tui.forms.plain_change import shown
from tui.items.round_dialog import HiddenRound
from tui.items.size_dialog import SizeDialog
from tui.plan_view.keys import BOARD
from tui.plan_view.waiting_request import request_of


async def size_item(board: Host) -> None:
    """A T-shirt by one key, a range, or a line for each team; a problem first, where none is written down."""
    entry = board.subject
    if board.talk is not None and board.talk.item is not None:
        entry = entry_of(board.session.state, board.talk.item)
    if entry is None:
        return
    state = board.session.state
    teams = teams_of(state)
    if not teams:
        board.tell(f"There is no team yet: {BOARD.of(board.app, 'capacity')} adds one with its net capacity.")
        return
    problem = await ask_problem(board, entry)
    if problem is None:
        return
    if len(entry.sizes) > 1:
        await _edit_sizes(board, entry, problem)
        return
    team_id = changes.home_of(state, entry)
    present = format_range(range_of(entry.sizes[0])) if entry.sizes else ""

    def consequence(team: int, size: Range) -> str:
        return _sized_words(board, entry, {team: size})

    request = request_of(board.session.now, entry)
    claimed = request.claimed if request else ""
    answer = await board.ask(
        SizeDialog(f"Size of “{entry.item.title}”", teams, team_id, shirts_of(state), consequence, present, claimed)
    )
    if answer is None:
        return
    if answer == "round":
        await estimate_together(board, entry, team_id, problem)
    elif isinstance(answer, str):
        await _edit_sizes(board, entry, problem)
    else:
        _take_sizes(board, entry, {answer[0]: answer[1]}, problem, state)


async def ask_problem(board: Host, entry: Entry) -> tuple[Record, ...] | None:
    """What has to be written with a size so that it counts as confirmed; nothing where the problem is written down.

    None where no problem was typed: what was claimed stays claimed.
    """
    state = board.session.state
    why = unconfirmed(state, entry.item.id)
    if not why:
        return ()

    def read(values: Values) -> tuple[Record, ...]:
        with refused_about("problem"):
            return confirming(state, entry.item.id, values["problem"])

    def check(values: Values) -> None:
        read(values)

    fields = (Field("problem", "problem", "", "what is wrong today, in the asker's words; esc leaves it as claimed"),)
    form = Form(f"Problem of “{entry.item.title[:60]}”", fields, why, check=check, enter="then its size")
    values = await board.ask(form)
    return None if values is None else read(values)


def _problem(state: State, entry: Entry, text: str) -> tuple[Record, ...]:
    """The records that write a problem down. Raises Refused where it is refused."""
    with refused_about("problem"):
        return write_request(state, entry.item.id, {"problem": text.strip()}).puts


async def estimate_together(board: Host, entry: Entry, team_id: int, also: tuple[Record, ...] = ()) -> None:
    """A hidden round; what was agreed on becomes the size, and the round is recorded with it."""
    state = board.session.state
    found = await board.ask(HiddenRound(entry.item.title, shirts_of(state)))
    if found is not None:
        spread, agreed = found
        records = spread.records(entry.item.id, team_id, agreed, changes.now())
        _take_sizes(board, entry, {team_id: agreed}, (*records, *also), state)


async def edit_sizes(board: Host, entry: Entry, proposed: Mapping[int, Range] | None = None) -> None:
    """One line for each team, filled with the sizes that it has or with ``proposed`` ones (team id -> range)."""
    problem = await ask_problem(board, entry)
    if problem is not None:
        await _edit_sizes(board, entry, problem, proposed)


async def _edit_sizes(
    board: Host, entry: Entry, also: tuple[Record, ...], proposed: Mapping[int, Range] | None = None
) -> None:
    state = board.session.state
    fields = _size_fields(state, entry if proposed is None else with_sizes(entry, proposed))

    def check(values: Values) -> None:
        sizes_in(values, state, present_sizes(entry))

    def follow(values: Values) -> str:
        return _sized_words(board, entry, sizes_in(values, state, present_sizes(entry)))

    about = "low-likely-high in engineer-weeks (P10-P50-P90), one number, or a T-shirt; empty where a team has no part"
    values = await board.ask(Form(f"Size of “{entry.item.title}”", fields, about, check=check, follow=follow))
    if values is not None:
        _take_sizes(board, entry, sizes_in(values, state, present_sizes(entry)), also, state)


def _size_fields(state: State, entry: Entry) -> list[Field]:
    sizes = {size.team_id: format_range(range_of(size)) for size in entry.sizes}
    hint = "low-likely-high in engineer-weeks (P10-P50-P90), one number, or a T-shirt; empty for no part"
    return [Field(f"size-{team.id}", f"{team.name} ew", sizes.get(team.id, ""), hint) for team in teams_of(state)]


def _sized_words(board: Host, entry: Entry, sizes: dict[int, Range]) -> str:
    """What these sizes would mean for the odds: of a planned item now, of another one if it came in."""
    forecast = board.session.now.forecast
    sized = entry.resized(changes.new_size(entry.item.id, team, size) for team, size in sorted(sizes.items()))
    planned = entry.item.state == "plan"
    odds = (
        forecast.odds_if(out=(entry,) if planned else (), come=(sized,))
        if not planned
        else _swapped(board, entry, sized)
    )
    words = arrow(forecast.odds, odds, forecast.plan.target)
    return f"odds {words}" if planned else f"if it came in: odds {words}"


def _swapped(board: Host, entry: Entry, sized: Entry) -> float:
    """The odds with an item's sizes replaced."""
    forecast = board.session.now.forecast
    return type(forecast)(forecast.draws, forecast.plan.without((entry,)), forecast).odds_if(come=(sized,))


def _take_sizes(
    board: Host, entry: Entry, sizes: dict[int, Range], also: tuple[Record, ...] = (), state: State | None = None
) -> None:
    """Propose or commit sizes, and what is recorded with them.

    ``state`` is the one that was on screen while they were asked for: what others changed since is refused, and not
    overwritten.
    """
    try:
        proposal = propose_sizes(state or board.session.state, entry.item.id, sizes)
    except Refused as error:
        board.tell(str(error), severity="warning")
        return
    if also:
        command = proposal.command
        proposal = replace(proposal, command=replace(command, puts=(*command.puts, *also)))
    if proposal.command.empty:
        return
    if entry.item.state == "plan":
        board.propose(proposal)
    else:
        board.commit(proposal.command, proposal.title, entry.item.id)


async def edit_item(board: Host) -> None:
    """The item in a form: words, slice, sizes, who waits."""
    entry = board.subject
    if entry is None:
        return
    state = board.session.state
    item = entry.item
    waiting = ", ".join(customer.name for customer in waiting_by_item(state).get(item.id, ()))
    slices = ", ".join(f"{part.letter} {part.name}" for part in board.session.now.slices)
    why, present = unconfirmed(state, item.id), present_sizes(entry)
    fields = [
        Field("title", "title", item.title),
        Field("note", "reason, in a line", item.note, "why it is worth doing"),
        Field("slice", "slice", item.slice, slices),
        Field("owner", "owner", item.owner),
        *((Field("problem", "problem", "", why),) if why else ()),
        *_size_fields(state, entry),
        Field("value", "value", shown(item.value), "a number on your own scale"),
        Field("priority", "priority", item.priority, "P0, High, 1: what sorting goes by"),
        Field("due", "due", item.due.isoformat() if item.due else "", AS_DAY),
        Field("waiting", "who waits", waiting, "customers, separated by commas"),
        Field(
            "customer_title", "title for customers", item.customer_title, "its title on their pages; empty: the same"
        ),
    ]

    def check(values: Values) -> None:
        _edited(values, item, board)
        sizes = sizes_in(values, state, present_sizes(entry))
        if why and not values["problem"].strip() and sizes != present:
            raise Refused(why, "problem")
        if why:
            _problem(state, entry, values["problem"])

    def follow(values: Values) -> str:
        return _sized_words(board, entry, sizes_in(values, state, present_sizes(entry)))

    where = {"plan": "in plan", "below": "below the line", "inbox": "in the inbox", "declined": "declined"}
    about = where[item.state] + (f", {item.source_key}" if item.source_key else "")
    values = await board.ask(Form("Item", fields, about, check=check, follow=follow))
    if values is None:
        return
    # On the state that the form showed: what others changed since is refused by the store, and not overwritten.
    fresh = _edited(values, item, board)
    try:
        proposal = propose_sizes(state, item.id, sizes_in(values, state, present_sizes(entry)), fresh)
    except Refused as error:
        board.tell(str(error), severity="warning")
        return
    puts, removes = intake.edit_waiting(state, item.id, values["waiting"].split(","))
    problem = _problem(state, entry, values["problem"]) if why else ()
    command = Command(
        proposal.command.kind,
        proposal.title,
        (*proposal.command.puts, *puts, *problem),
        (*proposal.command.removes, *removes),
    )
    if command.empty:
        return
    proposal = replace(proposal, command=command)
    if asks_door(state, proposal, board.session.now.forecast):
        board.propose(proposal)
    else:
        board.commit(command, f"“{fresh.title}” edited", item.id)


def _edited(values: Values, item: Item, board: Host) -> Item:
    """The item with the form's words. Raises Refused for the first field that cannot be read."""
    value, due = number_in(values, "value"), day_in(values, "due")
    words = {name: values[name] for name in ("title", "note", "owner", "priority", "customer_title")}
    return edited(item, board.session.now.slices, **words, part=values["slice"], value=value, due=due)
