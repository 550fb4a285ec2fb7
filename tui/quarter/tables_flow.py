"""The small tables: slices and aims, slice rules, T-shirts, rates, the quarter."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.figures.sizes import shirts_of
from scenarios.plan.item_values import NAMES, model_of
from store.records import SliceRule
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host
from tui.flows.plain_flow import change_plain
from tui.forms.tables import QUARTER, RATES, RULES, SHIRTS, aims_of
from tui.items.worth_flow import choose_model
from tui.quarter.actuals_flow import correct_finished_quarter


async def edit_tables(board: Host) -> None:
    """Choose one, edit it."""
    info = board.session.state.workspace
    rates = f"{_shown(info.points_per_ew)} points, {_shown(info.hours_per_ew)} hours to an engineer-week"
    aims = "  ".join(f"{part.letter} {part.aim:g}" for part in board.session.now.slices)
    choice = await board.ask(
        Menu(
            "Tables",
            [
                Choice("a", "aims of the slices", aims),
                Choice("r", "rules from type and label to slice", f"{len(board.session.state.all(SliceRule))} rules"),
                Choice("s", "T-shirt sizes", " ".join(shirt.letter for shirt in shirts_of(board.session.state))),
                Choice("u", "units of an import", rates),
                Choice("v", "what an item's value is", NAMES[model_of(board.session.state)]),
                Choice("q", "the quarter", board.session.now.plan.quarter.name),
                Choice("f", "what a finished quarter took", "corrected afterwards"),
            ],
        )
    )
    flows: dict[str, Callable[[Host], object]] = {
        "v": choose_model,
        "a": lambda board: change_plain(board, aims_of(board.session.state)),
        "r": lambda board: change_plain(board, RULES),
        "s": lambda board: change_plain(board, SHIRTS),
        "u": lambda board: change_plain(board, RATES),
        "q": lambda board: change_plain(board, QUARTER),
        "f": correct_finished_quarter,
    }  # fmt: skip
    if choice in flows:
        await flows[choice](board)  # type: ignore[misc]


def _shown(rate: float | None) -> str:
    return "?" if rate is None else f"{rate:g}"
