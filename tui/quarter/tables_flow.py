"""The small tables: slices and aims, slice rules, T-shirts, rates, the quarter."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.figures.readers import number_in
from scenarios.figures.sizes import format_range
from scenarios.plan.aims import total_words, write_aims
from scenarios.plan.item_values import NAMES, model_of
from scenarios.quarter.tables import (
    Rule,
    range_of_shirt,
    rules_in_order,
    rules_of,
    shirts_in_order,
    shirts_of,
    write_rules,
    write_shirts,
)
from store.records import Command, SliceRule
from store.records.errors import Refused, refused_about
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.lines import LinesDialog
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host
from tui.flows.plain_flow import change_plain
from tui.forms.tables import QUARTER, RATES
from tui.items.worth_flow import choose_model


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
                Choice("s", "T-shirt sizes", " ".join(shirt.letter for shirt in shirts_in_order(board.session.state))),
                Choice("u", "units of an import", rates),
                Choice("v", "what an item's value is", NAMES[model_of(board.session.state)]),
                Choice("q", "the quarter", board.session.now.plan.quarter.name),
            ],
        )
    )
    flows: dict[str, Callable[[Host], object]] = {
        "a": edit_aims, "r": edit_rules, "s": edit_shirts, "v": choose_model,
        "u": lambda board: change_plain(board, RATES),
        "q": lambda board: change_plain(board, QUARTER),
    }  # fmt: skip
    if choice in flows:
        await flows[choice](board)  # type: ignore[misc]


def _shown(rate: float | None) -> str:
    return "?" if rate is None else f"{rate:g}"


async def edit_aims(board: Host) -> None:
    """Aims in percent, exactly 100 together."""
    slices = board.session.now.slices

    def read(values: Values) -> list[float]:
        found = []
        for part in slices:
            aim = number_in(values, f"aim-{part.id}")
            if aim is None or not 0 <= aim <= 100:
                raise Refused(f"{part.name}: a share between 0 and 100 percent.", f"aim-{part.id}")
            found.append(aim)
        return found

    def write(values: Values) -> Command:
        found = read(values)
        return write_aims(slices, {part.letter: aim for part, aim in zip(slices, found, strict=True)})

    def follow(values: Values) -> str:
        return total_words(sum(read(values)))

    def check(values: Values) -> None:
        with refused_about(f"aim-{slices[0].id}"):
            write(values)

    fields = [Field(f"aim-{part.id}", f"{part.letter} {part.name}", f"{part.aim:g}", part.owner) for part in slices]
    values = await board.ask(
        Form("Aims of the slices, in percent of planned effort", fields, check=check, follow=follow)
    )
    if values is None:
        return
    board.commit(write(values), "aims changed")


async def edit_rules(board: Host) -> None:
    """Lines as ``type bug = Q``."""
    state = board.session.state
    letters = {part.letter for part in board.session.now.slices}
    text = await board.ask(
        LinesDialog(
            "Which type, label or component means which slice",
            f"A line each, the first that matches wins: type bug = Q. Slices: {' '.join(sorted(letters))}.",
            "\n".join(Rule(rule.field, rule.value, rule.slice).words for rule in rules_in_order(state)),
            lambda text: rules_of(text, letters),
        )
    )
    if text is None:
        return
    board.commit(write_rules(state, rules_of(text, letters)), "slice rules changed")


async def edit_shirts(board: Host) -> None:
    """Lines as ``M 1.5-3-5``."""
    state = board.session.state
    shirts = shirts_in_order(state)
    text = await board.ask(
        LinesDialog(
            "T-shirt sizes",
            "A line each, in engineer-weeks: M 1.5-3-5. The first letter is the key that takes it.",
            "\n".join(f"{shirt.letter} {format_range(range_of_shirt(shirt))}" for shirt in shirts),
            shirts_of,
        )
    )
    if text is not None:
        board.commit(write_shirts(state, shirts_of(text)), "T-shirt sizes changed")
