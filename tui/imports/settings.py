"""What can be changed about an import, row by row: the file, units and rules, and what each column is taken for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from store.imports.guesses import Guess
from store.imports.report import StatusCount
from store.records import SliceRule, State, Team
from tui.imports.draft import ImportDraft
from tui.imports.look import Look
from tui.imports.words import DELIMITERS, FIELDS, FORMATS, sample_words, told

Key = Literal[
    "", "path", "format", "sheet", "encoding", "delimiter", "header", "points", "hours", "team", "rules", "dates",
    "decimal", "done", "hidden", "parents", "conflicts", "history", "interrupts", "status",
    "column",
]  # fmt: skip

NO_STATUS = "(no status)"


@dataclass(frozen=True)
class Setting:
    """One row: what it is, how it stands, who said so (``found``, ``guess``, ``said`` ...), and more in words.

    Without a key it is a heading. ``guess`` is the column that it is about.
    """

    key: Key
    label: str
    value: str = ""
    said: str = ""
    more: str = ""
    guess: Guess | None = None
    #: nothing can be taken in before it is said
    lacks: bool = False


def settings_of(look: Look | None, draft: ImportDraft, state: State) -> list[Setting]:
    """All rows, with what the latest look found; columns only once the file could be read."""
    table = look.table if look is not None else None
    rows = [Setting("", "THE FILE"), Setting("path", "file", draft.path.name, more=str(draft.path))]
    mapping = draft.mapping
    found = FORMATS.get(table.format, table.format) if table is not None else ""
    rows.append(_found("format", "read as", FORMATS.get(mapping.format, mapping.format), found))
    if table is not None and table.sheets:
        rows.append(_found("sheet", "sheet", mapping.sheet, table.sheet, f"of {len(table.sheets)}"))
    elif table is None or table.encoding:
        found = DELIMITERS.get(table.delimiter, table.delimiter) if table is not None else ""
        rows.append(_found("encoding", "encoding", mapping.encoding, table.encoding if table is not None else ""))
        rows.append(_found("delimiter", "separator", DELIMITERS.get(mapping.delimiter, mapping.delimiter), found))
        if mapping.sheet:
            rows.append(Setting("sheet", "sheet", mapping.sheet, "said"))
    if mapping.header_line or table is not None:
        line = f"{mapping.header_line}" if mapping.header_line else "detected"
        rows.append(Setting("header", "header in line", line, "said" if mapping.header_line else ""))
    rows += [Setting("", "UNITS AND RULES"), *_rules(look, draft, state)]
    if look is not None and look.plan is not None and look.plan.statuses:
        rows.append(Setting("", "STATUSES", more="whose rows are taken, and whose are left"))
        rows += [_status(each, draft) for each in look.plan.statuses]
    if look is not None and look.guesses:
        rows.append(Setting("", "COLUMNS", more="what each is taken for, and what is in it"))
        rows += [_column(guess, draft) for guess in look.guesses]
    return rows


def _found(key: Key, label: str, said: str, found: str, more: str = "") -> Setting:
    """What somebody said, else what was found in the file."""
    if said:
        return Setting(key, label, said, "said", more)
    return Setting(key, label, found or "detected", "detected" if found else "", more)


def _rules(look: Look | None, draft: ImportDraft, state: State) -> list[Setting]:
    options, info = draft.options, state.workspace
    rows = []
    for unit, said, kept in (
        ("points", options.points_per_ew, info.points_per_ew),
        ("hours", options.hours_per_ew, info.hours_per_ew),
    ):
        rate = said or kept
        lacks = look is not None and look.lacks == unit
        words = "said" if said else "remembered" if kept else "NEEDED" if lacks else ""
        key: Key = "points" if unit == "points" else "hours"
        more = f"{'story points' if unit == 'points' else 'hours'} that are one engineer-week"
        rows.append(Setting(key, f"{unit} to an ew", f"{rate:g}" if rate else "not known", words, more, lacks=lacks))
    teams = "; ".join(each.said for each in options.teams)
    first = next((team.name for team in sorted(state.each(Team), key=lambda one: (one.position, one.id))), "a new one")
    rows.append(Setting("team", "team of the rest", teams or first, "said" if teams else "", "for rows that name none"))
    here = len(state.all(SliceRule))
    rules = ", ".join(f"{each.field}:{each.value}={each.slice}" for each in options.rules)
    rows.append(
        Setting(
            "rules", "slice rules", rules or f"{here} in the workspace", "said" if rules else "", _rule_words(state)
        )
    )
    dates = {"day-first": "day first", "month-first": "month first", None: "detected"}[options.dates]
    rows.append(Setting("dates", "03/04/2026 is", dates, "said" if options.dates else ""))
    decimal = {"comma": "1500", "point": "1.5", None: "detected"}[options.decimal]
    rows.append(Setting("decimal", "1.500 is", decimal, "said" if options.decimal else ""))
    done = "taken, too" if options.include_done else "left out"
    rows.append(Setting("done", "rows that are done", done, "said" if options.include_done else ""))
    if options.include_hidden or (look is not None and look.table is not None and look.table.hidden):
        shown = "taken, too" if options.include_hidden else "left out"
        more = "in the sheet, by hand or by a filter"
        rows.append(Setting("hidden", "hidden rows", shown, "said" if options.include_hidden else "", more))
    learned = "taken as history" if options.history else "not taken"
    more = "those that say what they took, for the odds to learn from"
    rows.append(Setting("history", "finished rows", learned, "said" if options.history else "", more))
    if options.interrupts or (look is not None and look.plan is not None and look.plan.interrupts):
        came = "taken as interrupts" if options.interrupts else "not taken"
        more = "what was made and done within the quarter, and never in plan"
        rows.append(Setting("interrupts", "unplanned work", came, "said" if options.interrupts else "", more))
    parents = "all rows" if options.parents == "both" else "one side"
    rows.append(
        Setting(
            "parents",
            "epics and parts",
            parents,
            "said" if options.parents == "both" else "",
            "one amount of work is not taken twice",
        )
    )
    both = {"here": "kept as here", "source": "the source's", None: "chosen one by one"}[options.on_conflict]
    rows.append(Setting("conflicts", "changed on both sides", both, "said" if options.on_conflict else ""))
    return rows


def _rule_words(state: State) -> str:
    rules = sorted(state.each(SliceRule), key=lambda rule: (rule.position, rule.id))
    return ", ".join(f"{rule.field}:{rule.value}={rule.slice}" for rule in rules[:30])


def _status(one: StatusCount, draft: ImportDraft) -> Setting:
    said = {name.casefold() for name in draft.options.statuses}
    words = "taken" if not one.left else "left" if not one.taken else f"{one.taken:,} taken, {one.left:,} left"
    rows = one.taken + one.left
    return Setting(
        "status",
        one.status or NO_STATUS,
        words,
        "said" if one.status.casefold() in said else "",
        f"{rows:,} row{'s' * (rows != 1)}",
    )


def _column(guess: Guess, draft: ImportDraft) -> Setting:
    samples = sample_words(guess) or "nothing in it"
    more = samples if guess.filled >= 1 or not guess.samples else f"{samples}   ({guess.filled:.0%} have one)"
    if guess.field is None:
        return Setting("column", guess.column or "(no name)", told(guess), "found" if guess.tells else "", more, guess)
    said = "said" if guess.why == "said" else "guess"
    return Setting("column", guess.column or "(no name)", guess.field.replace("_", " "), said, more, guess)


def field_words(setting: Setting) -> str:
    """What the field means that a column is taken for."""
    guess = setting.guess
    return FIELDS[guess.field] if guess is not None and guess.field is not None else ""
