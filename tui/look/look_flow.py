"""Looking back from the board: ask for the file; the screen shows what it tells, by rules that can be changed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.figures.readers import day_in, number_in
from scenarios.look.quarters import CALENDAR, quarters_from
from scenarios.look.rules import LookRule, letters_of, read_rule
from store.common.errors import Refused, StoreError, refused_about
from tui.dialogs.form import Field, Form, Values
from tui.drawing.plain import clip
from tui.flows.files import bared, field_to_read, to_read
from tui.flows.host import Host
from tui.rules.record_screen import READ_ONLY
from tui.widgets.keys import key_named

if TYPE_CHECKING:
    from tui.look.draft import LookDraft
    from tui.look.look_screen import LookScreen

#: Lines of what would be kept that are shown.
_SHOWN = 200


async def look_back(board: Host) -> None:
    """Ask for the file, then show what went where, until it is left."""
    values = await board.ask(
        Form(
            "A first look back: what did finished issues go to?",
            (
                field_to_read("file", "an export of finished issues"),
                field_to_read("accounts", "customers with revenue, a file; may stay empty", "", "accounts"),
            ),
            "Nothing is written: it is only looked at, until you keep it.",
            check=_check_files,
            enter="look",
        )
    )
    if values is None or not bared(values["file"]):
        return
    from tui.look.draft import LookDraft
    from tui.look.look_screen import LookScreen

    accounts = to_read(values["accounts"]) if bared(values["accounts"]) else None
    await board.ask(LookScreen(board, LookDraft(to_read(values["file"]), accounts=accounts), ASKS))


def _check_files(values: Values) -> None:
    for name in ("file", "accounts"):
        with refused_about(name):
            if bared(values[name]):
                to_read(values[name])


# -------------------------------------------------- rules


async def _add(screen: LookScreen) -> None:
    await _ask_rule(screen, "Add a rule", "", None)


async def _open(screen: LookScreen) -> None:
    """The rule on the cursor, or one made of what has none."""
    row, look = screen.row, screen.found
    if row is None or look is None:
        return
    if row.kind in ("hint", "account"):
        what = look.unmatched.hints[row.id][0] if row.kind == "hint" else f"customer:{look.accounts[row.id].name}"
        await _ask_slice(screen, what)
    elif (rule := look.rules[row.id].rule) is not None:
        await _ask_rule(screen, "Change the rule", rule.text, rule)
    else:
        screen.board.tell("It is what the rows of the file say themselves: there is nothing to change here.")


async def _ask_slice(screen: LookScreen, what: str) -> None:
    """Which slice this belongs to, by one key."""
    from tui.dialogs.menu import Choice, Menu

    look = screen.found
    if look is None:
        return
    choices = [Choice(letter.lower(), letter, name) for letter, name in look.slices]
    letter = await screen.app.push_screen_wait(Menu(f"Which slice is {clip(what, 60)}?", choices))
    if letter is not None:
        screen.change(_with(screen.draft, read_rule(f"{what}={letter}", letters_of(screen.state))))


async def _ask_rule(screen: LookScreen, heading: str, text: str, old: LookRule | None) -> None:
    letters = letters_of(screen.state)

    def check(values: Values) -> None:
        with refused_about("rule"):
            read_rule(values["rule"], letters)

    about = (
        "type, label, component, customer or title, what it is, and a slice: label:escalation=O. customer:*=O is one "
        "or two customers, title:*=O one or two accounts in the title. It goes before those that are there."
    )
    form = Form(heading, (Field("rule", "rule", text, f"slices: {', '.join(letters)}"),), about, check=check)
    values = await screen.app.push_screen_wait(form)
    if values is None:
        return
    rule = read_rule(values["rule"], letters)
    draft = screen.draft
    if old is not None and rule.same(old) and rule.slice == old.slice:
        return
    screen.change(_with(_without(draft, old) if old is not None else draft, rule))


def _with(draft: LookDraft, rule: LookRule) -> LookDraft:
    """A rule of one's own, in the place of one about the same, else before the others."""
    own = tuple(rule if each.same(rule) else each for each in draft.own)
    return replace(draft, own=own if rule in own else (rule, *own))


def _without(draft: LookDraft, rule: LookRule) -> LookDraft:
    """Without a rule, whether it is one's own or a usual one."""
    own = tuple(each for each in draft.own if not each.same(rule))
    return replace(draft, own=own, dropped=(*draft.dropped, rule))


async def _drop(screen: LookScreen) -> None:
    row, look = screen.row, screen.found
    rule = look.rules[row.id].rule if row is not None and look is not None and row.kind == "rule" else None
    if rule is None:
        screen.board.tell("Go to a rule first.")
        return
    screen.change(_without(screen.draft, rule))
    screen.board.tell(f"{rule.text} does not count any more; {key_named('look.add')} adds it again.")


# -------------------------------------------------- how it is read


async def _file(screen: LookScreen) -> None:
    """Rates, fiscal year, from which day on, columns, and the file of accounts."""
    draft = screen.draft
    columns = "; ".join(f"{field}={name}" for field, name in draft.options.columns.items())
    rates = " ".join(f"{code}={rate:g}" for code, rate in draft.accounts_options.rates.items())
    points, hours = draft.options.points_per_ew, draft.options.hours_per_ew
    fields = (
        Field("points", "points in one ew", f"{points:g}" if points else "", "empty: as the workspace has them"),
        Field("hours", "hours in one ew", f"{hours:g}" if hours else "", "empty: as the workspace has them"),
        Field("fiscal", "fiscal year begins in", str(draft.fiscal.begins), "a month: 1 is the calendar's, or February"),
        Field("since", "since", draft.since.isoformat() if draft.since else "", "a day; empty: all there is"),
        Field("columns", "columns", columns, "as finished=Resolved; customer=Account; took=Time Spent"),
        field_to_read("accounts", "a file with names and revenue", str(draft.accounts or ""), "accounts"),
        Field("rates", "rates", rates, "what 1 of another currency is worth in this one, as EUR=1.08"),
    )

    def check(values: Values) -> None:
        _read_as(draft, values)

    values = await screen.app.push_screen_wait(Form("How the file is read", fields, check=check))
    if values is not None:
        screen.change(_read_as(draft, values))


def _read_as(draft: LookDraft, values: Values) -> LookDraft:
    """The draft with what was typed. Raises Refused about the field."""
    from store.imports.accounts.table import rate_wish
    from store.imports.options import column_wish

    with refused_about("columns"):
        columns = dict(column_wish(part.strip()) for part in values["columns"].split(";") if part.strip())
    with refused_about("rates"):
        rates = dict(rate_wish(text) for text in values["rates"].replace(",", " ").split())
    with refused_about("fiscal"):
        fiscal = quarters_from(values["fiscal"]) if values["fiscal"].strip() else CALENDAR
    with refused_about("accounts"):
        accounts = to_read(values["accounts"]) if bared(values["accounts"]) else None
    for name in ("points", "hours"):
        rate = number_in(values, name)
        if rate is not None and not 0 < rate <= 1e6:
            raise Refused(f"How many {name} are one engineer-week? A number above 0.", name)
    changed = draft.with_options(
        points_per_ew=number_in(values, "points"), hours_per_ew=number_in(values, "hours"), columns=columns
    )
    return replace(
        changed,
        fiscal=fiscal,
        since=day_in(values, "since", past=True, begins=True),
        accounts=accounts,
        accounts_options=replace(draft.accounts_options, rates=rates),
    )


async def _by(screen: LookScreen) -> None:
    """Issues in place of their amounts, or in reverse."""
    look = screen.found
    if look is None:
        return
    if look.unit == "issues" and all(issue.amount is None for issue in look.source.issues):
        screen.board.tell("No issue has an amount: there is nothing but their number.")
        return
    screen.change(replace(screen.draft, by="amounts" if look.unit == "issues" else "issues"))


# -------------------------------------------------- keeping and writing


async def _keep(screen: LookScreen) -> None:
    """Show what would be kept, then write it as one step."""
    from tui.dialogs.report import Report
    from tui.flows.long_change import write_change
    from tui.look.kept_words import keep_lines, planned_keep

    board, draft, file = screen.board, screen.draft, screen.file
    if board.session.workspace.read_only:
        board.tell(READ_ONLY, severity="warning")
        return
    if file is None or screen.looking:
        board.tell("Wait until it is read, then again.")
        return
    state = screen.state
    try:
        plan = await asyncio.to_thread(planned_keep, draft, state, file)
    except StoreError as error:
        board.tell(str(error), severity="warning")
        return
    command = plan.command
    if command.empty:
        board.tell("Nothing to keep: everything is here already.")
        return
    lines = await asyncio.to_thread(lambda: list(keep_lines(plan, draft, state)))
    if not await screen.app.push_screen_wait(Report(f"Keep of this look: {plan.what}", lines[:_SHOWN], "keep it")):
        return
    if screen.state is not state:
        board.tell("The workspace is another one by now: look at what would be kept once more.", severity="warning")
        return
    await write_change(board, command, command.label)
    if not board.failed:
        board.tell(f"Kept: {plan.what}. On the board, undo takes it back.")
    screen.look_again()


async def _write(screen: LookScreen) -> None:
    """The look as a page, or as Markdown."""
    from scenarios.reports.look_page import look_html, look_markdown
    from tui.dialogs.menu import Choice, Menu
    from tui.exports.report_flow import write_text

    look = screen.found
    if look is None:
        return
    choices = (Choice("h", "a web page", "with its bars; it prints"), Choice("m", "Markdown", "for a wiki or a mail"))
    kind = await screen.app.push_screen_wait(Menu("Write the look as", choices))
    if kind is not None:
        make = look_html if kind == "h" else look_markdown
        words = "html" if kind == "h" else "markdown"
        first = f"look {Path(look.source.name).stem}"
        await write_text(screen.board, "Write the look", first, words, lambda: make(look))


ASKS = {
    "add": _add,
    "open": _open,
    "drop": _drop,
    "file": _file,
    "by": _by,
    "keep": _keep,
    "write": _write,
}
