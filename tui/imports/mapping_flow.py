"""What the mapping screen asks: how one row of it is to be read, what both sides changed, and mappings by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from scenarios.figures.readers import number_in
from store.common.errors import Refused, StoreError, refused_about
from store.imports.columns import Field as ColumnField
from store.imports.estimates import EstimateError, parse_estimate
from store.imports.mappings import load_mapping, mapping_path, save_mapping, saved_mappings
from store.imports.merge import rates_of
from store.imports.options import DecimalSign, Mend, RuleWish, mends_of, rule_wish, team_wish
from store.imports.report import Conflict
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.lines import LinesDialog
from tui.dialogs.menu import Choice, Menu
from tui.flows.files import bared, field_to_read, served, to_read
from tui.imports.conflicts_screen import ConflictsScreen
from tui.imports.draft import ImportDraft
from tui.imports.mapping_screen import MappingAsks, MappingScreen
from tui.imports.settings import NO_STATUS, Setting
from tui.imports.words import DELIMITERS, FIELDS, FORMATS

FOUND_OUT = "detected from the file"
_KEYS = "abcdefghijklmnopqrstuvwxyz0123456789"


class LongMenu(Menu):
    """More choices than a small screen has lines."""

    DEFAULT_CSS = "LongMenu OptionList { max-height: 12; }"


async def change_row(screen: MappingScreen, row: Setting) -> None:
    """Ask how a row is to be read, or turn it to the next of the few ways there are."""
    draft = screen.draft
    match row.key:
        case "dates":
            turns = {None: "day-first", "day-first": "month-first", "month-first": None}
            screen.change(draft.with_options(dates=turns[draft.options.dates]))
        case "decimal":
            signs: dict[str | None, DecimalSign | None] = {None: "comma", "comma": "point", "point": None}
            screen.change(draft.with_options(decimal=signs[draft.options.decimal]))
        case "status":
            screen.change(draft.with_status(row.label if row.label != NO_STATUS else "", row.value == "left"))
        case "done":
            screen.change(draft.with_options(include_done=not draft.options.include_done))
        case "hidden":
            screen.change(draft.with_options(include_hidden=not draft.options.include_hidden))
        case "history":
            screen.change(draft.with_options(history=not draft.options.history))
        case "interrupts":
            screen.change(draft.with_options(interrupts=not draft.options.interrupts))
        case "parents":
            screen.change(draft.with_options(parents="auto" if draft.options.parents == "both" else "both"))
        case "conflicts":
            sides = {None: "here", "here": "source", "source": None}
            screen.change(draft.with_options(on_conflict=sides[draft.options.on_conflict]))
        case _:
            ask = _ASKS.get(row.key)
            if ask is not None:
                screen.change(await ask(screen, row))


# -------------------------------------------------- the file


async def _ask_path(screen: MappingScreen, _: Setting) -> ImportDraft | None:
    now = screen.draft.path.name if served() else str(screen.draft.path)
    form = Form("The file to import", (field_to_read("file", "a path", now),), check=_as_path)
    values = await screen.app.push_screen_wait(form)
    return None if values is None else screen.draft.of_file(to_read(values["file"]))


def _as_path(values: Values) -> None:
    if not bared(values["file"]):
        raise Refused("Which file?", "file")
    to_read(values["file"])


async def _ask_format(screen: MappingScreen, _: Setting) -> ImportDraft | None:
    chosen = await _choose(screen, "Read the file as", {"": FOUND_OUT, **FORMATS})
    return None if chosen is None else screen.draft.reading(format=chosen)


async def _ask_sheet(screen: MappingScreen, row: Setting) -> ImportDraft | None:
    table = screen.found.table if screen.found is not None else None
    sheets = table.sheets if table is not None else ()
    chosen = await _choose(screen, "Read which sheet", {"": "the first", **{sheet: sheet for sheet in sheets[:30]}})
    return None if chosen is None else screen.draft.reading(sheet=chosen)


async def _ask_encoding(screen: MappingScreen, _: Setting) -> ImportDraft | None:
    hint = "as in utf-8, cp1252, utf-16; empty: detected from the file"
    text = await _ask_line(screen, "The file's encoding", "encoding", screen.draft.mapping.encoding, hint)
    return None if text is None else screen.draft.reading(encoding=text.strip())


async def _ask_delimiter(screen: MappingScreen, _: Setting) -> ImportDraft | None:
    chosen = await _choose(screen, "Cells are separated by", {"": FOUND_OUT, **DELIMITERS})
    return None if chosen is None else screen.draft.reading(delimiter=chosen)


async def _ask_header(screen: MappingScreen, _: Setting) -> ImportDraft | None:
    def check(text: str) -> None:
        line = number_in({"line": text}, "line")
        if line is not None and not (line >= 1 and line.is_integer()):
            raise Refused("Which line has the names of the columns? A whole number, 1 for the first.", "line")

    line = screen.draft.mapping.header_line
    hint = "where the names of the columns are; empty: detected"
    text = await _ask_line(screen, "The line of the header", "line", f"{line}" if line else "", hint, check)
    return None if text is None else screen.draft.below_line(int(number_in({"line": text}, "line") or 0))


# -------------------------------------------------- units and rules


async def _ask_rate(screen: MappingScreen, row: Setting) -> ImportDraft | None:
    points = row.key == "points"
    unit = "story points" if points else "hours"

    def check(text: str) -> None:
        rate = number_in({row.key: text}, row.key)
        if rate is not None and not 0 < rate <= 1e6:
            raise Refused(f"How many {unit} are one engineer-week? A number above 0.", row.key)

    said = screen.draft.options.points_per_ew if points else screen.draft.options.hours_per_ew
    hint = "what one engineer gets done in a week; remembered for next time; empty: as remembered"
    text = await _ask_line(
        screen, f"Estimates in {unit}", row.key, f"{said:g}" if said else "", hint, check, f"{unit} to an ew"
    )
    if text is None:
        return None
    rate = number_in({row.key: text}, row.key)
    return screen.draft.with_options(**{"points_per_ew" if points else "hours_per_ew": rate})


async def _ask_team(screen: MappingScreen, row: Setting) -> ImportDraft | None:
    def check(text: str) -> None:
        _teams(text)

    teams = screen.draft.options.teams
    now = "; ".join(each.said for each in teams)
    hint = "a name, or Pay=34.0 with its net; Pay squad -> Pay for another name in the file; separate several by ;"
    text = await _ask_line(screen, "The team for items that name none", row.key, now, hint, check)
    return None if text is None else screen.draft.with_options(teams=tuple(_teams(text)))


def _teams(text: str) -> list[object]:
    return [team_wish(part) for part in text.split(";") if part.strip()]


async def _ask_rules(screen: MappingScreen, row: Setting) -> ImportDraft | None:
    rules = screen.draft.options.rules
    about = (
        "One a line, as in label:security = I or type:chore = Q (type, label or component). They go before those of "
        f"the workspace, and are remembered there: {row.more}"
    )
    text = "\n".join(f"{each.field}:{each.value} = {each.slice}" for each in rules)
    values = await screen.app.push_screen_wait(
        LinesDialog("Which words make which slice", about, Field("rules", "", text), _rules)
    )
    return None if values is None else screen.draft.with_options(rules=tuple(_rules(values)))


def _rules(values: Values) -> list[RuleWish]:
    """Raises Refused."""
    return [rule_wish(line) for line in values["rules"].splitlines() if line.strip()]


# -------------------------------------------------- columns


async def _ask_field(screen: MappingScreen, row: Setting) -> ImportDraft | None:
    guess = row.guess
    if guess is None or screen.found is None or screen.found.table is None:
        return None
    name = screen.found.table.header[guess.position]
    if not name:
        screen.say("This column has no name: give it one in the file, then it can be taken.")
        return None
    fields: dict[str, str] = {"": "nothing: it is not taken"}
    fields |= {each: f"{each.replace('_', ' '):<14}  {words}" for each, words in FIELDS.items()}
    chosen = await _choose(
        screen, f"Take “{guess.column[:60]}” for", fields, f"now {row.value}; in it: {row.more}"[:200]
    )
    if chosen is None:
        return None
    wanted: ColumnField | None = next((each for each in FIELDS if each == chosen), None)
    return screen.draft.taken_as(name, guess.field, wanted)


# -------------------------------------------------- rows


async def mend_row(screen: MappingScreen, line: int, title: str) -> None:
    """Title, size, team and state of one row in place of the file's, for this import."""
    now = screen.draft.options.mends.get(line, Mend())
    counted = screen.found.plan.counted if screen.found is not None and screen.found.plan is not None else "line"

    def mend_of(values: Values) -> Mend:
        text = values["title"].strip()
        said = {**values, "title": "" if text == title and not now.title else text}
        texts = (f"{line}.{name}={said[name]}" for name in ("title", "size", "team", "state") if said[name].strip())
        return mends_of(texts).get(line, Mend())

    def check(values: Values) -> None:
        for name in ("title", "size", "team", "state"):
            with refused_about(name):
                mend_of({"title": "", "size": "", "team": "", "state": "", name: values[name]})
        try:
            parse_estimate(
                values["size"], "weeks", replace(rates_of(screen.board.session.state), points=1.0, hours=1.0)
            )
        except EstimateError as error:
            raise Refused(str(error), "size") from error

    state = {True: "taken", False: "left", None: ""}[now.taken]
    fields = (
        Field("title", "title", now.title or title),
        Field("size", "size", now.size, "2-3-5 (ew), 3d, 5 points, M, or none; empty: as the file says"),
        Field("team", "team", now.team, "empty: as the file says"),
        Field("state", "state", state, "taken or left, whatever speaks against it; empty: as the file says"),
    )
    about = "For this import alone: the file stays as it is, and so does the mapping."
    values = await screen.app.push_screen_wait(Form(f"Mend {counted} {line:,}", fields, about, check=check))
    if values is not None:
        screen.change(screen.draft.mending(line, mend_of(values)))


# -------------------------------------------------- conflicts, mappings


async def choose_conflicts(screen: MappingScreen, conflicts: Sequence[Conflict]) -> None:
    """Each by itself, or all at once; what is not chosen stays as here, and comes up again."""
    board, options = screen.board, screen.draft.options
    chosen = await screen.app.push_screen_wait(
        ConflictsScreen(board.session.now, conflicts, options.choices, options.on_conflict, board.where)
    )
    if chosen is not None and dict(chosen) != dict(options.choices):
        screen.change(screen.draft.choosing(chosen))


async def save_named(screen: MappingScreen) -> None:
    """Save the mapping, for the next file with such columns and for ``--mapping``."""
    if served():
        screen.say("A seat in a browser saves no mapping: save it at a terminal, with makeroom import.")
        return

    def check(values: Values) -> None:
        if values["name"].strip():
            mapping_path(values["name"].strip())
            return
        raise Refused("A mapping needs a name.", "name")

    def follow(values: Values) -> str:
        if not values["name"].strip():
            return ""
        check(values)
        path = mapping_path(values["name"].strip())
        return f"{path}{' is there, and replaced' if path.exists() else ''}"

    hint = "letters, digits, blanks, dots and dashes; or a path that ends in .toml, to share"
    values = await screen.app.push_screen_wait(
        Form(
            "Save how this file is read",
            (Field("name", "name", screen.draft.name, hint),),
            "A file with the same columns is read so the next time; makeroom import --mapping NAME reads it so, too.",
            check=check,
            follow=follow,
        )
    )
    if values is None:
        return
    name = values["name"].strip()
    table = screen.found.table if screen.found is not None else None
    mapping = replace(screen.draft.mapping, header=table.header if table is not None else screen.draft.mapping.header)
    try:
        path = save_mapping(name, mapping)
    except StoreError as error:
        screen.say(str(error))
        return
    screen.change(replace(screen.draft, mapping=mapping, name=name, fresh=False))
    screen.say(f"mapping saved as {path}")


async def load_named(screen: MappingScreen) -> None:
    """Take a saved mapping; what was chosen for conflicts stays."""
    names = saved_mappings()
    if not names:
        screen.say(screen.KEYS.said(screen.app, "No mapping is saved yet: {save} saves this one."))
        return
    chosen = await _choose(screen, "Read the file by the mapping", {name: name for name in names[:30]})
    if chosen is None:
        return
    try:
        screen.change(screen.draft.began_with(chosen, load_mapping(chosen)))
    except StoreError as error:
        screen.say(str(error))


# -------------------------------------------------- asking


async def _ask_line(
    screen: MappingScreen,
    title: str,
    name: str,
    value: str,
    hint: str,
    check: Callable[[str], None] | None = None,
    label: str = "",
) -> str | None:
    """One line; None after Esc."""

    def checked(values: Values) -> None:
        if check is not None:
            check(values[name])

    values = await screen.app.push_screen_wait(Form(title, (Field(name, label or name, value, hint),), check=checked))
    return None if values is None else values[name]


async def _choose(screen: MappingScreen, title: str, choices: dict[str, str], about: str = "") -> str | None:
    """One of these, by what is said of it; None after Esc."""
    keys = dict(zip(_KEYS, choices, strict=False))
    rows = [Choice(key, choices[value]) for key, value in keys.items()]
    chosen = await screen.app.push_screen_wait(LongMenu(title, rows, about))
    return None if chosen is None else keys[chosen]


_ASKS = {
    "path": _ask_path,
    "format": _ask_format,
    "sheet": _ask_sheet,
    "encoding": _ask_encoding,
    "delimiter": _ask_delimiter,
    "header": _ask_header,
    "points": _ask_rate,
    "hours": _ask_rate,
    "team": _ask_team,
    "rules": _ask_rules,
    "column": _ask_field,
}

ASKS = MappingAsks(change_row, mend_row, choose_conflicts, save_named, load_named)
