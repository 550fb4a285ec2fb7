"""A new request: one line or a form, then the door."""

from __future__ import annotations

from dataclasses import replace

from scenarios.figures.amounts import cents
from scenarios.figures.money import money_in
from scenarios.figures.names import slice_named, team_named
from scenarios.figures.readers import AS_DAY, day_in, number_in
from scenarios.figures.sizes import format_range, parse_size, shirts_of
from scenarios.figures.teams import teams_of
from scenarios.plan.plan import Entry
from scenarios.requests import intake
from scenarios.requests.earlier_asks import Earlier, asked_like, told
from scenarios.requests.quick_add import RequestDraft, asks_whose, parse_line, with_escalation
from scenarios.trade.proposals import propose_item
from scenarios.verdict.settlement import asked_in
from store.common.errors import Refused, refused_about
from store.common.text import sentence
from store.records import Customer, Item, Shirt, Size, State, Team
from store.records.account_names import account_called
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.menu import Choice, Menu
from tui.dialogs.report import Report
from tui.drawing.words import arrow
from tui.flows.cover import work_on
from tui.flows.host import Host
from tui.forms.plain_change import shown
from tui.plan_view.keys import BOARD
from tui.requests.quick_add_dialog import QuickAdd

#: Bytes of a file in which earlier asks are found before a key press is felt to hang.
_SMALL = 1_000_000


async def add_request(board: Host) -> None:
    """Ask for a request; what fits goes in, what does not opens the trade sheet, Esc changes nothing."""
    state = board.session.state
    teams = teams_of(state)
    shirts = shirts_of(state)

    owners = tuple(dict.fromkeys(item.owner for item in state.each(Item) if item.owner))

    def read(line: str) -> RequestDraft:
        return parse_line(line, board.session.now.slices, teams, shirts, state.all(Customer).values(), owners)

    def account(draft: RequestDraft) -> str:
        return _known_of(board.session.state, draft)

    def wrong(draft: RequestDraft) -> str:
        return _refusal(board.session.state, draft)

    answer = await board.ask(QuickAdd(read, lambda draft: _consequence(board, draft), account, wrong))
    if answer is None:
        return
    way, draft = answer
    if way == "form":
        values = await board.ask(_form(board, draft, teams, shirts))
        if values is None:
            return
        draft = _draft(values, board, shirts)
    if not await _asked_before(board, draft):
        return
    if asks_whose(draft, board.session.now.slices):
        whose = await board.ask(_whose(draft))
        if whose is None:
            return
        draft = replace(draft, slice="O" if whose == "y" else "F")
    take(board, draft)


def _whose(draft: RequestDraft) -> Menu:
    """The one question that makes a request for a named account a one-off, or not; its slice remembers the answer."""
    return Menu(
        f"Would only {draft.customer[:60]} use “{draft.title[:60]}”?",
        [
            Choice("n", "no, others would too", "it is demand: slice F, and the account waits for it"),
            Choice("y", "yes, only they", "a one-off: slice O, which has a ceiling"),
        ],
        "#oneoff or another #slice in the line says so at once.",
    )


async def _asked_before(board: Host, draft: RequestDraft) -> bool:
    """Show what looks like the same ask, with what was decided of it; whether the room asks for it all the same."""
    session = board.session

    def look() -> tuple[Earlier, ...]:
        return asked_like(session.state, draft.title, draft.customer)

    found = await work_on(board, "Was this asked before?", session.workspace.path, look, small=_SMALL)
    if found is None:
        return False
    if not found:
        return True
    heading, lines = told(draft.title, found)
    answer: bool = await board.ask(Report(heading, lines, "asks for it all the same"))
    return answer


def take(board: Host, draft: RequestDraft) -> None:
    """A draft becomes a request; one decision where it fits at once."""
    state = board.session.state
    try:
        command = intake.receive(state, draft)
    except Refused as error:
        board.tell(str(error), severity="warning")
        return
    item = next(put for put in command.puts if isinstance(put, Item))
    sized = any(isinstance(put, Size) for put in command.puts)
    if sized:
        joined = asked_in(state, command, board.session.now.forecast)
        if joined is not None:
            if applied := board.commit(joined, f"“{item.title}” in"):
                board.refresh_all(applied.ids[item.id])
            return
    applied = board.commit(command, f"“{item.title}” asked for")
    if applied is None:
        return
    item_id = applied.ids[item.id]
    if not sized:
        board.tell(BOARD.said(board.app, "No size yet: it waits in the inbox ({inbox}). {size} sizes it."))
        return
    board.propose(propose_item(board.session.state, item_id), f"“{item.title}” in")


def _refusal(state: State, draft: RequestDraft) -> str:
    """Why a draft cannot be received; empty where it can."""
    try:
        intake.receive(state, draft)
    except Refused as error:
        return sentence(str(error))
    return ""


def _known_of(state: State, draft: RequestDraft) -> str:
    """What is known of the account that a draft names, with what the draft tells of it."""
    if not draft.customer:
        return ""
    found = account_called(state.each(Customer), draft.customer)
    arr = draft.account_arr if found is None or found.arr is None else found.arr
    renews = draft.account_renews if found is None or found.renews is None else found.renews
    said = [
        "new" if found is None else "",
        "" if arr is None else f"{cents(arr)} a year",
        "" if renews is None else f"renews {renews.isoformat()}",
    ]
    tokens = [*(["arr:180k"] if arr is None else []), *(["renews:2027-03-31"] if renews is None else [])]
    more = f"{' and '.join(tokens)} would say more" if tokens else ""
    return "; ".join(filter(None, (*said, more)))


def _consequence(board: Host, draft: RequestDraft) -> str:
    state, forecast = board.session.state, board.session.now.forecast
    try:
        command = intake.receive(state, draft)
    except Refused as error:
        return str(error)
    entry = Entry(
        next(put for put in command.puts if isinstance(put, Item)),
        tuple(put for put in command.puts if isinstance(put, Size)),
    )
    odds = forecast.odds_if(come=(entry,))
    verdict = "fits" if forecast.judged_if(come=(entry,)) >= forecast.plan.target else "something has to give"
    return f"odds {arrow(forecast.odds, odds, forecast.plan.target)}: {verdict}"


def _escalated(draft: RequestDraft) -> str:
    if draft.escalated_by is None:
        return ""
    return f"{draft.escalated_by} > {draft.escalated_to}" if draft.escalated_to else draft.escalated_by or "!"


_SLICES = "a letter or a name: F features, I infrastructure, Q quality, D discovery, O one-offs"


def _form(board: Host, draft: RequestDraft, teams: list[Team], shirts: list[Shirt]) -> Form:
    fields = (
        Field("title", "what is asked for", draft.title),
        Field("problem", "problem", draft.problem, "what is wrong today, in the asker's words"),
        Field(
            "size", "size in ew", format_range(draft.size) if draft.size else "", "low-likely-high, as 2-3-5.5, or M"
        ),
        Field("team", "team", draft.team, ", ".join(team.name for team in teams)),
        Field("slice", "slice", draft.slice or "", _SLICES),
        Field(
            "customer",
            "customer",
            draft.customer,
            "who waits; without a slice, it is asked whether only they would use it",
        ),
        Field("arr", "it pays, a year", shown(draft.account_arr), "the customer, where that is not known yet; as 180k"),
        Field(
            "renews",
            "it renews",
            draft.account_renews.isoformat() if draft.account_renews else "",
            f"the customer, where that is not known yet; {AS_DAY}",
        ),
        Field("asked_by", "asked by", draft.asked_by),
        Field("owner", "owner", draft.owner),
        Field("deal", "deal", f"{draft.deal_amount:g}" if draft.deal_amount is not None else "", "amount, as 480k"),
        Field(
            "chance",
            "probability %",
            f"{100 * draft.deal_probability:g}" if draft.deal_probability is not None else "",
            "0 to 100",
        ),
        Field("claimed", "claimed size", draft.claimed, "what the asker says it takes, in their words"),
        Field("priority", "priority", draft.priority, "P0, High, 1"),
        Field("due", "due", draft.due.isoformat() if draft.due else "", AS_DAY),
        Field("value", "value", f"{draft.value:g}" if draft.value is not None else "", "a number on your own scale"),
        Field("escalated", "escalated", _escalated(draft), "who escalated it, and to whom: CEO > CTO"),
    )

    def check(values: Values) -> None:
        intake.receive(board.session.state, _draft(values, board, shirts))

    def follow(values: Values) -> str:
        draft = _draft(values, board, shirts)
        return _consequence(board, draft) if draft.title and draft.size else ""

    return Form("A request", fields, check=check, follow=follow, enter="ask for it")


def _draft(values: Values, board: Host, shirts: list[Shirt]) -> RequestDraft:
    """The draft that a form states. Raises Refused for the first field that cannot be read."""
    slices = board.session.now.slices
    if not values["title"].strip():
        raise Refused("A request needs a title.", "title")
    with refused_about("size"):
        size = parse_size(values["size"], shirts) if values["size"].strip() else None
    letter = slice_named(slices, values["slice"], "slice").letter if values["slice"].strip() else None
    customer = values["customer"].strip()
    chance = number_in(values, "chance")
    if chance is not None and not 0 <= chance <= 100:
        raise Refused("A probability is between 0 and 100 percent.", "chance")
    deal = money_in(values, "deal")
    if deal is not None and deal < 0:
        raise Refused("A deal's amount cannot be below zero.", "deal")
    team = team_named(board.session.state, values["team"], "team").name if values["team"].strip() else ""
    found = RequestDraft(
        title=values["title"].strip(),
        size=size,
        slice=letter,
        customer=customer,
        account_arr=money_in(values, "arr"),
        account_renews=day_in(values, "renews"),
        deal_amount=deal,
        deal_probability=None if chance is None else chance / 100,
        asked_by=values["asked_by"].strip(),
        team=team,
        owner=values["owner"].strip(),
        priority=values["priority"].strip(),
        due=day_in(values, "due"),
        value=number_in(values, "value"),
        claimed=values["claimed"].strip(),
        problem=values["problem"].strip(),
    )
    escalated = values["escalated"].strip()
    # A mark alone names nobody, as in one line.
    return with_escalation(found, escalated.removeprefix("!")) if escalated else found
