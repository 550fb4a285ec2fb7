"""How the board's table is looked at: groups, columns, and filters saved by name. None of it changes the workspace."""

from __future__ import annotations

from store.common.errors import Refused, StoreError
from store.sidecars.preferences import Preferences, load_preferences, save_preferences
from tui.board.view_preferences import keep_preferences
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.menu import Choice, Menu
from tui.drawing.plain import clip
from tui.flows.host import Host
from tui.plan_view.chosen_columns import COLUMNS, columns_named
from tui.plan_view.groups import GROUPS
from tui.widgets.keys import key_named

#: The keys of saved filters in their menu.
_KEYS = "123456789abcefghijklmnopqrstuvwxyz"


async def choose_view(board: Host) -> None:
    """Group, columns, or saved filters."""
    plan = board.plan
    columns = ", ".join(plan.columns) if plan.columns is not None else "default"
    try:
        saved = load_preferences()
        filters = clip(board.filter, 40) or f"{key_named('board.search')} searches first"
        choices = [
            Choice("g", "group by", plan.group or "nothing: one list by rank"),
            Choice("c", "columns", columns),
            Choice("f", "take a saved filter", f"{len(saved.filters)} saved"),
            Choice("s", "save this filter", filters),
            Choice("d", "drop a saved filter"),
        ]
        answer = await board.ask(Menu("Look at the plan", choices, "Kept for you, on every workspace."))
        if answer == "g":
            await _group(board)
        elif answer == "c":
            await _columns(board)
        elif answer == "s":
            await _save(board, saved)
        elif answer is not None:
            await _saved(board, saved, drop=answer == "d")
    except StoreError as error:
        board.tell(str(error), severity="error")


async def _group(board: Host) -> None:
    choices = [Choice(name[0], name) for name in GROUPS]
    answer = await board.ask(Menu("Group by", [*choices, Choice("n", "nothing", "one list by rank")]))
    if answer is not None:
        board.plan.group = next((name for name in GROUPS if name[0] == answer), "")
        keep_preferences(board.plan)
        board.refresh_all()


async def _columns(board: Host) -> None:
    present = " ".join(board.plan.columns) if board.plan.columns is not None else ""

    def check(values: Values) -> None:
        columns_named(values["columns"])

    form = Form(
        "Columns after the title",
        (Field("columns", "columns", present, ", ".join(COLUMNS)),),
        "In this order; where it gets narrow, the last ones go first. Empty: the default.",
        check=check,
    )
    values = await board.ask(form)
    if values is not None:
        board.plan.columns = columns_named(values["columns"]) or None
        keep_preferences(board.plan)
        board.refresh_all()


async def _save(board: Host, saved: Preferences) -> None:
    if not board.filter:
        board.tell(f"There is nothing to save yet: {key_named('board.search')} searches.")
        return

    def read(values: Values) -> Preferences:
        return saved.with_filter(values["name"], board.filter)

    def check(values: Values) -> None:
        read(values)

    form = Form(f"Save “{clip(board.filter, 50)}”", (Field("name", "name", "", "as my team"),), check=check)
    values = await board.ask(form)
    if values is not None:
        save_preferences(read(values))
        board.tell(f"Saved as “{values['name'].strip()}”.")


async def _saved(board: Host, saved: Preferences, *, drop: bool) -> None:
    rows = dict(zip(_KEYS, sorted(saved.filters), strict=False))
    if not rows:
        board.tell("No filter is saved yet.")
        return
    choices = [Choice(key, clip(name, 40), clip(saved.filters[name], 40)) for key, name in rows.items()]
    answer = await board.ask(Menu("Drop which filter" if drop else "Take which filter", choices))
    if answer is None:
        return
    if drop:
        try:
            save_preferences(saved.without_filter(rows[answer]))
        except Refused as error:
            board.tell(str(error), severity="warning")
        return
    board.search_for(saved.filters[rows[answer]])
