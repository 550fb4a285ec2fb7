"""What an import would do, in lists to look through: each row with its number, its title, and what becomes of it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal, get_args

from store.imports.report import NO_TITLE, Conflict, ImportPlan, Update
from store.records import Item
from tui.imports.look import Look
from tui.imports.places import on_screen
from tui.imports.words import STATES

Kind = Literal["new", "changed", "conflicts", "kept", "unchanged", "not taken", "gone", "notes"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: those that every row of the file is in one of
ROWS: tuple[Kind, ...] = ("new", "changed", "kept", "unchanged", "not taken")


@dataclass(frozen=True)
class ImportRow:
    """One row of a list; ``line`` is empty for what stands in no row of the file."""

    line: str
    title: str
    what: str = ""


def counts_of(look: Look) -> dict[Kind, int]:
    """How many there are of each; those of :data:`ROWS` add up to the rows of the file."""
    plan = look.plan
    if plan is None:
        return dict.fromkeys(KINDS, 0)
    return {
        "new": len(plan.new),
        "changed": len(plan.updated),
        "conflicts": len(plan.conflicts),
        "kept": plan.kept_alone,
        "unchanged": plan.unchanged,
        "not taken": len(plan.rejected),
        "gone": len(plan.gone),
        "notes": len(_notes(plan)),
    }


def count_words(kind: Kind, count: int) -> str:
    """``3 conflicts``."""
    return f"{count:,} {kind.removesuffix('s') if count == 1 else kind}"


def length(look: Look | None, kind: Kind) -> int:
    """How many rows a list has. Kept are listed also where the row is changed in another respect."""
    if look is None or look.plan is None:
        return 0
    return len(look.plan.kept) if kind == "kept" else counts_of(look)[kind]


def entry_of(look: Look, kind: Kind, at: int) -> ImportRow:
    """One row of a list."""
    plan = look.plan
    if plan is None:
        raise IndexError(at)
    match kind:
        case "new":
            new = plan.new[at]
            size = f"{new.size}, mended" if new.line in look.draft.options.mends else new.size
            return ImportRow(f"{new.line:,}", f"[{new.slice}] {f'{new.key} ' if new.key else ''}{new.title}", size)
        case "changed":
            return ImportRow(f"{plan.updated[at].line:,}", plan.updated[at].title, _changes(plan.updated[at]))
        case "conflicts":
            conflict = plan.conflicts[at]
            return ImportRow(f"{conflict.line:,}", conflict.title, conflict_words(conflict))
        case "kept":
            kept = plan.kept[at]
            return ImportRow(f"{kept.line:,}", kept.title, f"stays as here: {'; '.join(kept.what)}")
        case "unchanged":
            line, item_id = plan.same[at]
            item = look.state.all(Item).get(item_id)
            return ImportRow(f"{line:,}", item.title if item is not None else "")
        case "not taken":
            refused = plan.rejected[at]
            return ImportRow(f"{refused.line:,}", refused.title or "(no title)", on_screen(refused.reason))
        case "gone":
            gone = plan.gone[at]
            title = f"{gone.key} {gone.title}" if gone.key else gone.title
            return ImportRow("", title, f"no longer in the file, stays here ({STATES.get(gone.state, gone.state)})")
        case "notes":
            return ImportRow("", on_screen(_notes(plan)[at]))


def _notes(plan: ImportPlan) -> tuple[str, ...]:
    """What should make somebody look twice, the load of each team, then all else that is to be said."""
    loads = (f"Load by team: {'; '.join(map(str, plan.loads))}.",) if plan.loads else ()
    teams = (f"Teams in the file: {'; '.join(map(str, plan.teams))}.",) if plan.teams else ()
    loads = (*teams, *loads)
    return (*(f"Look twice: {each}" for each in plan.warnings), *loads, *plan.notes)


def _changes(update: Update) -> str:
    words = [f"now called {update.new_title}"] if update.new_title else []
    words += [f"{update.old_size} → {update.new_size}"] if update.new_size else []
    return ", ".join([*words, *update.others])


def cells_of(look: Look, kind: Kind, at: int) -> str:
    """What the file has in the row besides its title, by the names of its columns; empty for what is in no row."""
    entry, table, plan = entry_of(look, kind, at), look.table, look.plan
    if table is None or plan is None or not entry.line:
        return ""
    line = int(entry.line.replace(",", ""))
    index = bisect_left(table.rows, line, key=lambda row: row.line)
    if index >= len(table.rows) or table.rows[index].line != line:
        return ""
    told = ("", plan.new[at].key, plan.new[at].title) if kind == "new" else ("", entry.title)
    named = zip(table.header, table.rows[index].cells, strict=False)
    return " · ".join(f"{name} {cell}" for name, cell in named if cell.strip() not in told)


def line_to_mend(look: Look, kind: Kind, at: int) -> tuple[int, str] | None:
    """The line of a row that may be mended, and its title where it has one; None for what is here already."""
    plan = look.plan
    if plan is None or kind not in ("new", "not taken") or at >= length(look, kind):
        return None
    if kind == "new":
        return plan.new[at].line, plan.new[at].title
    refused = plan.rejected[at]
    return refused.line, "" if refused.reason == NO_TITLE else refused.title


def conflict_words(conflict: Conflict) -> str:
    """Both sides, and what was chosen."""
    chosen = {"here": "kept as here", "source": "the source's", None: "not chosen"}[conflict.choice]
    return f"{chosen}, {conflict.field}: {conflict.here or 'none'} here, {conflict.source or 'none'} in the file"


def sum_words(look: Look) -> str:
    """How the rows of the file add up."""
    if look.plan is None:
        return ""
    counts = counts_of(look)
    parts = [f"{counts[kind]:,} {kind}" for kind in ROWS if counts[kind] or kind in ("new", "not taken")]
    return f"{look.plan.rows:,} row{'s' * (look.plan.rows != 1)} = {' + '.join(parts)}"
