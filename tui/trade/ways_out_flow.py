"""The ways out besides yes and no: for what the trade sheet asks in, and for a planned item that gives way."""

from __future__ import annotations

from scenarios.figures.sizes import format_ew
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import Entry, entry_of
from scenarios.requests.way_fields import checked_way, filled_in, means_of, principles_of, read_way
from scenarios.requests.ways_out import NEEDED, Way, answer, check_effort, leaving_by, left_by, propose_way
from scenarios.trade.changes import DecidedBy
from scenarios.trade.door import Proposal, Trade
from scenarios.trade.proposals import propose_item
from store.common.errors import Refused
from store.common.text import capital, sentence
from store.records import Item
from store.records.negotiation import WayKind
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.menu import Choice, Menu
from tui.drawing.plain import clip
from tui.drawing.words import arrow, ew_by_team, odds_percent, rounded_up
from tui.flows.host import Host
from tui.plan_view.keys import BOARD
from tui.trade.trade_flow import close_sheet, fresh_trade, open_sheet, renew_sheet
from tui.trade.way_form import about, way_fields

#: The key of each way in the list.
KEYS: dict[str, WayKind] = {
    "s": "swap",
    "f": "smaller first version",
    "q": "sequence",
    "c": "configure",
    "p": "package",
    "v": "services",
    "r": "partner",
    "o": "proof of concept",
    "i": "pilot",
    "b": "buy",
    "d": "decline",
}
_TAKE_BACK = "t"
#: Cells for what a way means.
_DETAIL = 40


def open_ways(board: Host, entry: Entry) -> None:
    """The trade sheet for a request with the list of ways out over it, whether or not something has to give way."""
    if not entry.sized:
        words = "It has no size yet: {size} gives it one, then {settle} has its ways out. "
        board.tell(BOARD.said(board.app, words + "{decline} declines it, {cross} leaves it for later."))
        return
    try:
        trade = fresh_trade(board, propose_item(board.session.state, entry.item.id))
    except Refused as error:
        board.tell(sentence(error), severity="warning")
        return
    if trade is None:
        return
    open_sheet(board, trade)
    if board.sheet.deciding:
        # What fits and takes a signature asks for that at once; here, how it comes in is chosen first.
        board.sheet.action_back()
    board.converse("way", entry.item.id)


async def take_way_out(board: Host) -> None:
    """Choose a way out for what the conversation is about, fill it in, and let the trade sheet follow."""
    item_id = board.talk.item if board.talk is not None else None
    while item_id is not None and (trade := board.sheet.trade) is not None:
        entry = _claim(trade, item_id)
        if entry is None:
            board.tell("It is no longer part of this trade.", severity="warning")
            return
        kind = await _choose(board, trade, entry)
        if kind is None:
            return
        if kind == "swap":
            _take_back(board, item_id)
            return
        way = await _fill(board, entry, kind)
        if way is None or not await _take(board, item_id, way):
            return


def _asks_in(trade: Trade, item_id: int) -> bool:
    return trade.proposal.asks_in and trade.proposal.item_id == item_id


def _claim(trade: Trade, item_id: int) -> Entry | None:
    """What the way is an answer to, with the sizes that are claimed; None where it is no part of the trade."""
    if _asks_in(trade, item_id):
        return entry_of(trade.state, item_id) if item_id in trade.state.all(Item) else None
    return next((row.entry for row in trade.candidates if row.entry.item.id == item_id), None)


async def _choose(board: Host, trade: Trade, entry: Entry) -> WayKind | None:
    """A way; None after Esc. "swap" stands for no other way: asked as it is, or planned as it was."""
    item_id = entry.item.id
    present, asks_in = board.sheet.ways.get(item_id), _asks_in(trade, item_id)
    choices = [Choice(key, kind, _means(trade, entry, kind)) for key, kind in KEYS.items() if asks_in or kind != "swap"]
    if present is not None:
        back = f"asked for whole again, {format_ew(entry.ew)} ew" if asks_in else "it stays as planned"
        choices.append(Choice(_TAKE_BACK, "take it back", back))
    claim = f"{format_ew(entry.ew)} ew" if entry.sized else "no size yet"
    what = "asked" if asks_in else "planned"
    now = f"; now {present.kind}, {format_ew(present.effort)} ew" if present is not None else ""
    if asks_in and present is None and entry.sized:
        target = trade.before.plan.target
        odds = arrow(trade.before.odds, trade.asked.odds, target)
        now = f": odds {odds}; what takes nothing of the teams leaves them as they are"
    key = await board.ask(Menu(f"Ways out for “{entry.item.title[:60]}”", choices, f"{claim} {what}{now}"))
    return None if key is None else KEYS.get(key, "swap")


def _means(trade: Trade, entry: Entry, kind: WayKind) -> str:
    """What a way means here, short enough for one line on a narrow screen."""
    words = means_of(trade.state, entry, kind)
    return clip(words, _DETAIL) if kind in ("smaller first version", "decline") else words


async def _fill(board: Host, entry: Entry, kind: WayKind) -> Way | None:
    """The way as it is filled in and may be; None after Esc."""
    item_id, state = entry.item.id, board.session.state
    filled = board.sheet.tried.get((item_id, kind))
    if filled is None:
        filled = filled_in(state, entry, kind)

    def check(values: Values) -> None:
        checked_way(values, state, entry, kind, filled)

    def follow(values: Values) -> str:
        way = read_way(values, state, entry, kind, filled)
        check_effort(entry, way)
        return weighed(board, entry, way)

    heading = f"{capital(kind)}: “{entry.item.title[:60]}”"
    fields = way_fields(state, entry, kind, filled)
    values = await board.ask(Form(heading, fields, about(state, entry, kind), check=check, follow=follow, enter="take"))
    return None if values is None else checked_way(values, state, entry, kind, filled)


def weighed(board: Host, entry: Entry, way: Way) -> str:
    """What a way frees, and the odds of the trade with it and all that is marked; empty while its size is missing."""
    sheet, trade = board.sheet, board.sheet.trade
    if trade is None or ("sizes" in NEEDED[way.kind] and not way.sizes):
        return ""
    asks_in = _asks_in(trade, entry.item.id)
    words = f"frees {format_ew(way.freed(entry))} of {format_ew(entry.ew)} ew"
    if not entry.sized:
        words = f"takes {format_ew(way.effort)} ew"
    if asks_in and not way.sizes:
        return f"{words}: the plan stays as it is, odds {odds_percent(trade.before.odds, trade.before.plan.target)}"
    out = [each for each in sheet.table.marked if each.item_id != entry.item.id]
    if not way.sizes:
        # Where it leaves, what is of no use without it leaves too.
        going = {each.item_id for each in out}
        row = next((row for row in trade.candidates if row.entry.item.id == entry.item.id), None)
        out += [Leaving(each) for each in (row.needed_by if row else ()) if each.item.id not in going]
    # What asks in comes smaller just as a planned item does.
    forecast = trade.after([*out, left_by(entry, way)])
    short = ew_by_team(rounded_up(forecast.short), forecast.plan.teams)
    given = f" with {len(out)} out" if out else ""
    return f"{words}   odds {arrow(trade.before.odds, forecast.odds, forecast.plan.target)}{given}: " + (
        "it fits" if forecast.fits else f"still short {short}"
    )


async def _take(board: Host, item_id: int, way: Way) -> bool:
    """Let the sheet follow, or answer at once; whether it has to be asked once more, as somebody else came first."""
    board.sheet.tried[item_id, way.kind] = way
    said = None
    if board.sheet.trade is not None and _asks_in(board.sheet.trade, item_id) and not way.sizes:
        said = await _who_and_why(board, item_id, way)
        if said is None:
            return False
    trade, session = board.sheet.trade, board.session
    if trade is None:
        return False
    try:
        if said is not None:
            return _answer(board, item_id, way, said)
        if _asks_in(trade, item_id):
            ask_at(board, propose_way(session.state, item_id, way), way)
        else:
            entry = _claim(trade, item_id)
            if entry is not None:
                board.sheet.take_way(leaving_by(trade.state, entry, way), way)
    except Refused as error:
        board.tell(sentence(error), severity="warning")
    return False


def ask_at(board: Host, proposal: Proposal, way: Way | None) -> None:
    """What asks in asks at another size, that of a way out or its own; marks stay, and pie, odds and swaps follow."""
    trade = Trade.of(board.session.state, proposal, board.session.now.forecast)
    board.sheet.ask_at(board.session.now, trade, way)
    if trade.fits:
        board.swapping.cancel()
        board.sheet.show_swaps((), None, "It fits: nothing has to give way.")
    else:
        board.swapping.start(trade)


def _take_back(board: Host, item_id: int) -> None:
    """Without the way that was chosen: asked for whole again, or staying as planned."""
    sheet, trade = board.sheet, board.sheet.trade
    if trade is None or item_id not in sheet.ways:
        return
    if not _asks_in(trade, item_id):
        sheet.drop_way(item_id)
        return
    try:
        ask_at(board, propose_item(board.session.state, item_id), None)
    except Refused as error:
        board.tell(sentence(error), severity="warning")


async def _who_and_why(board: Host, item_id: int, way: Way) -> DecidedBy | None:
    """Who answers so, and why; None after Esc."""
    title = board.session.state.all(Item)[item_id].title
    declines = way.kind == "decline"
    names = {row.id: row.name for row in principles_of(board.session.state)}
    told = "; ".join(part for part in (way.note, names.get(way.principle_id or 0, "")) if part)
    fields = (
        Field("by", "decided by", hint="a name; may stay empty"),
        Field("because", "because", hint=f"empty: “{told}”" if declines else "on record; may stay empty"),
    )
    about = "The asker is told why." if declines else "It goes below the line: good, not now. The plan stays as it is."
    values = await board.ask(Form(f"“{title[:60]}”: {way.kind}", fields, about, enter="record it"))
    return None if values is None else DecidedBy(values["by"].strip(), values["because"].strip())


def _answer(board: Host, item_id: int, way: Way, said: DecidedBy) -> bool:
    """Record the answer and leave the sheet; True where somebody else came first, and it has to be asked again."""
    session = board.session
    command = answer(session.state, item_id, way, session.now.forecast, said)
    if board.commit(command, command.label, item_id) is None:
        if board.refused and board.talk is not None:
            renew_sheet(board, board.refused)
            board.talk.begin_again()
            return True
        return False
    close_sheet(board)
    board.refresh_all()
    board.after_inbox()
    return False
