"""The small tables: slices and aims, slice rules, T-shirts, rates, the quarter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, get_args

from scenarios.sizes import Range as SizeRange
from scenarios.sizes import SizeError, format_range, parse_size
from scenarios.values import NAMES, model_of
from store.records import Command, Record, RuleField, Shirt, SliceRule, new_id
from tui.dialogs.form import Field, Form, FormError, Values
from tui.dialogs.lines import LinesDialog
from tui.dialogs.menu import Choice, Menu
from tui.flows.requests import day, number
from tui.flows.worth import choose_model

if TYPE_CHECKING:
    from tui.screens.board import Board


async def edit_tables(board: Board) -> None:
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
                Choice("s", "T-shirt sizes", " ".join(shirt.letter for shirt in _shirts(board))),
                Choice("u", "units of an import", rates),
                Choice("v", "what an item's value is", NAMES[model_of(board.session.state)]),
                Choice("q", "the quarter", board.session.now.plan.quarter.name),
            ],
        )
    )
    flows: dict[str, Callable[[Board], object]] = {
        "a": edit_aims, "r": edit_rules, "s": edit_shirts, "u": edit_rates, "q": edit_quarter, "v": choose_model,
    }  # fmt: skip
    if choice in flows:
        await flows[choice](board)  # type: ignore[misc]


def _shown(rate: float | None) -> str:
    return "?" if rate is None else f"{rate:g}"


def _shirts(board: Board) -> list[Shirt]:
    return sorted(board.session.state.all(Shirt).values(), key=lambda shirt: shirt.position)


async def edit_aims(board: Board) -> None:
    """Aims in percent, exactly 100 together."""
    slices = board.session.now.slices

    def read(values: Values) -> list[float]:
        found = []
        for part in slices:
            aim = number(values, f"aim-{part.id}")
            if aim is None or not 0 <= aim <= 100:
                raise FormError(f"aim-{part.id}", f"{part.name}: a share between 0 and 100 percent.")
            found.append(aim)
        return found

    def follow(values: Values) -> str:
        total = sum(read(values))
        return (
            "100% in all"
            if abs(total - 100) < 1e-9
            else f"{total:g}% in all: {abs(total - 100):g} points {'over' if total > 100 else 'missing'}"
        )

    def check(values: Values) -> None:
        total = sum(read(values))
        if abs(total - 100) >= 1e-9:
            raise FormError(f"aim-{slices[0].id}", f"The aims add up to {total:g}, not 100: {follow(values)}.")

    fields = [Field(f"aim-{part.id}", f"{part.letter} {part.name}", f"{part.aim:g}", part.owner) for part in slices]
    values = await board.ask(
        Form("Aims of the slices, in percent of planned effort", fields, check=check, follow=follow)
    )
    if values is None:
        return
    puts = [
        part.model_copy(update={"aim": aim}) for part, aim in zip(slices, read(values), strict=True) if aim != part.aim
    ]
    board.commit(Command("aims", "aims of the slices", tuple(puts)), "aims changed")


async def edit_rules(board: Board) -> None:
    """Lines as ``type bug = Q``."""
    state = board.session.state
    present = sorted(state.all(SliceRule).values(), key=lambda rule: (rule.position, rule.id))
    letters = {part.letter for part in board.session.now.slices}
    text = await board.ask(
        LinesDialog(
            "Which type, label or component means which slice",
            f"A line each, the first that matches wins: type bug = Q. Slices: {' '.join(sorted(letters))}.",
            "\n".join(f"{rule.field} {rule.value} = {rule.slice}" for rule in present),
            lambda text: _read_rules(text, letters),
        )
    )
    if text is None:
        return
    rows = [
        SliceRule(id=0, field=field, value=value, slice=letter, position=at)
        for at, (field, value, letter) in enumerate(_read_rules(text, letters))
    ]
    board.commit(replacing("rules", "slice rules", present, rows), "slice rules changed")


def _read_rules(text: str, letters: set[str]) -> list[tuple[RuleField, str, str]]:
    """(field, value, slice) a line. Raises ValueError with a sentence for the first line that is no rule."""
    found = []
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        left, equals, letter = line.rpartition("=")
        field, _, value = left.strip().partition(" ")
        letter = letter.strip().upper()
        if not equals or not value.strip() or field.casefold() not in get_args(RuleField):
            raise ValueError(f"Line {at}: write it as “type bug = Q”, with type, label or component first.")
        if letter not in letters:
            raise ValueError(f"Line {at}: “{letter}” is none of the slices {' '.join(sorted(letters))}.")
        found.append((field.casefold(), value.strip()[:200], letter))
    return found  # type: ignore[return-value]


async def edit_shirts(board: Board) -> None:
    """Lines as ``M 1.5-3-5``."""
    present = _shirts(board)
    text = await board.ask(
        LinesDialog(
            "T-shirt sizes",
            "A line each, in engineer-weeks: M 1.5-3-5. The first letter is the key that takes it.",
            "\n".join(f"{s.letter} {format_range(SizeRange(s.likely, s.low, s.high))}" for s in present),
            _read_shirts,
        )
    )
    if text is None:
        return
    rows = [
        Shirt(
            id=0,
            letter=letter,
            low=size.low or size.likely,
            likely=size.likely,
            high=size.high or size.likely,
            position=at,
        )
        for at, (letter, size) in enumerate(_read_shirts(text))
    ]
    board.commit(replacing("shirts", "T-shirt sizes", present, rows), "T-shirt sizes changed")


def _read_shirts(text: str) -> list[tuple[str, SizeRange]]:
    found: list[tuple[str, SizeRange]] = []
    keys: set[str] = set()
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        letter, _, size = line.strip().partition(" ")
        if len(letter) > 3 or not letter[0].isalpha():
            raise ValueError(f"Line {at}: begin with one to three letters, as M.")
        if letter[0].casefold() in keys:
            raise ValueError(f"Line {at}: the key {letter[0].casefold()} is taken by another size.")
        keys.add(letter[0].casefold())
        try:
            found.append((letter, parse_size(size)))
        except SizeError as error:
            raise ValueError(f"Line {at}: {error}.") from error
    return found


def replacing(kind: str, label: str, present: Sequence[Record], rows: Sequence[Record]) -> Command:
    """A command that makes ``rows`` the whole of a small table, touching only the rows that differ."""
    puts: list[Record] = []
    for at, row in enumerate(rows):
        if at < len(present):
            changed = row.model_copy(update={"id": present[at].id, "rev": present[at].rev})
            if changed != present[at]:
                puts.append(changed)
        else:
            puts.append(row.model_copy(update={"id": new_id()}))
    return Command(kind, label, tuple(puts), tuple(present[len(rows) :]))


async def edit_rates(board: Board) -> None:
    """What an engineer-week is in points and in hours."""
    info = board.session.state.workspace
    fields = (
        Field("points", "points to an ew", "" if info.points_per_ew is None else f"{info.points_per_ew:g}"),
        Field("hours", "hours to an ew", "" if info.hours_per_ew is None else f"{info.hours_per_ew:g}"),
    )

    def read(values: Values) -> tuple[float | None, float | None]:
        points, hours = number(values, "points"), number(values, "hours")
        for name, rate in (("points", points), ("hours", hours)):
            if rate is not None and not 0 < rate <= 1e6:
                raise FormError(name, "A rate is a number above 0.")
        return points, hours

    values = await board.ask(
        Form("Units of an import", fields, "Used by the next import.", check=lambda values: void(read(values)))
    )
    if values is None:
        return
    points, hours = read(values)
    changed = info.model_copy(update={"points_per_ew": points, "hours_per_ew": hours})
    if changed != info:
        board.commit(Command("rates", "units of an import", (changed,)), "units changed")


async def edit_quarter(board: Board) -> None:
    """Its name and its days."""
    quarter = board.session.state.quarter
    fields = (
        Field("name", "name", quarter.name),
        Field("starts", "first day", quarter.starts.isoformat()),
        Field("ends", "last day", quarter.ends.isoformat()),
    )

    def read(values: Values) -> tuple[str, date, date]:
        starts, ends = day(values, "starts"), day(values, "ends")
        if not values["name"].strip():
            raise FormError("name", "A quarter needs a name.")
        if starts is None:
            raise FormError("starts", "A quarter needs a first day, as 2027-01-04.")
        if ends is None or ends <= starts:
            raise FormError("ends", "The last day comes after the first.")
        return values["name"].strip()[:200], starts, ends

    values = await board.ask(Form("The quarter", fields, check=lambda values: void(read(values))))
    if values is None:
        return
    name, starts, ends = read(values)
    changed = quarter.model_copy(update={"name": name, "starts": starts, "ends": ends})
    if changed != quarter:
        board.commit(Command("quarter", f"the quarter: {name}", (changed,)), "quarter changed")


def void(_: object) -> None:
    """A check is for what it raises."""
