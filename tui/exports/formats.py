"""An export from the session: which formats there are, what each holds, and its content as text or bytes.

Nothing is written here. What is made takes a while for a large workspace; a watch stops it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from store.common.errors import Refused
from store.common.sheets import Sheet
from store.database.watch import NOBODY, Watch
from store.records import State
from tui.session.figures import Figures
from tui.session.weeks import Weeks

if TYPE_CHECKING:
    # Only a screen hides anything: a command does without its toolkit.
    from tui.drawing.mask import Mask


@dataclass(frozen=True)
class Format:
    """A format: what it is called, the ending of its files, and the kinds that it holds, the usual one first."""

    name: str
    words: str
    ending: str
    kinds: tuple[str, ...]


#: What is exported, and its words.
KINDS = {
    "plan": "the plan, what is below the line, and the inbox",
    "decisions": "every decision: who, why, what went in and out",
    "one-offs": "the ledger of one-offs",
    "commitments": "what was promised to whom, by when",
    "waits": "each account that waits, with its revenue and what for",
    "accounts": "all accounts, with revenue, renewal, term, segment and owner",
    "exceptions": "what was signed for and stands",
    "mix": "shares beside their aims, floors and ceilings",
    "progress": "how far everything in plan is",
    "interrupts": "what came unplanned",
    "all": "all of these; as JSON, the whole workspace",
}
#: What there is only of a quarter that runs.
RUNNING = frozenset({"progress", "interrupts"})
_ONE = tuple(kind for kind in KINDS if kind != "all")
_ALL = ("all", *_ONE)
FORMATS = {
    each.name: each
    for each in (
        Format("md", "Markdown", ".md", _ALL),
        Format("html", "one web page, the pies in it", ".html", _ALL),
        Format("csv", "CSV, one table", ".csv", _ONE),
        Format("xlsx", "an Excel workbook, a sheet a table", ".xlsx", _ALL),
        Format("json", "JSON for programs", ".json", _ALL),
        Format("jira", "CSV for Jira: key, summary, label, rank", ".csv", ("plan",)),
        Format("linear", "CSV for Linear: ID, title, label, rank", ".csv", ("plan",)),
    )
}
_ENDINGS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"} | {
    f".{name}": name for name in ("csv", "xlsx", "json")
}


def format_of(name: str) -> Format:
    """The format that a file's name asks for. Raises :class:`Refused`."""
    ending = PurePath(name).suffix.casefold()
    if ending not in _ENDINGS:
        raise Refused(
            f"“{ending or name}” says no format: end the name in {', '.join(sorted(_ENDINGS))}, or name one of "
            f"{', '.join(FORMATS)}"
        )
    return FORMATS[_ENDINGS[ending]]


def require(kind: str, format: Format) -> None:
    """Raise :class:`Refused` where a format does not hold what is asked for."""
    if kind in format.kinds:
        return
    if kind == "all":
        raise Refused(f"{format.name} holds one table: name one of {', '.join(format.kinds)}, or take xlsx or html")
    raise Refused(f"{format.name} holds {' or '.join(format.kinds)}, not {kind}")


def export(
    figures: Figures,
    kind: str,
    format: Format,
    watch: Watch = NOBODY,
    at: datetime | None = None,
    weeks: Weeks | None = None,
    mask: Mask | None = None,
) -> str | bytes:
    """The content of the file; with ``weeks``, of a quarter that runs the burn chart, too; with ``mask``, without
    customers and amounts but for what is read back. Raises :class:`Refused`, and StoppedError where the watch stops
    it."""
    require(kind, format)
    at = at or datetime.now().astimezone().replace(microsecond=0)
    state = figures.state
    watch.look("gathering", 0)
    if format.name == "json" and kind == "all":
        from store.exports.own_json import own_json

        return own_json(state, at, watch)
    from scenarios import exports

    if format.name in ("jira", "linear"):
        from store.exports.csv_text import csv_text

        return csv_text(exports.jira_sheet(state) if format.name == "jira" else exports.linear_sheet(state), watch)
    sheets = [_hidden(sheet, mask) for sheet in sheets_of(figures, kind, at.date())]
    watch.look("gathering", 0)
    match format.name:
        case "csv":
            from store.exports.csv_text import csv_text

            return csv_text(sheets[0], watch)
        case "json":
            from store.exports.own_json import sheet_json

            return sheet_json(sheets[0], state.workspace.name, state.quarter.name, at, watch)
        case "xlsx":
            from scenarios.reports.page import INTERNAL
            from store.exports.workbook import workbook_bytes

            status = exports.quarter_status(state, figures.forecast, at.date())
            quarter = _hidden(exports.quarter_sheet(status), mask)
            return workbook_bytes((*sheets, quarter), watch, f"{INTERNAL} As of {at.date().isoformat()}.")
    from scenarios.reports.export import Export

    burn = weeks.burn() if weeks is not None and figures.plan.moment is not None else None
    found = Export(exports.quarter_status(state, figures.forecast, at.date()), sheets, at.date(), burn)
    if format.name == "md":
        from scenarios.reports.export_markdown import export_markdown

        return _without(export_markdown(found), "markdown", mask)
    from scenarios.reports.export_html import export_html

    return _without(export_html(found), "html", mask)


def _hidden(sheet: Sheet, mask: Mask | None) -> Sheet:
    if mask is None:
        return sheet
    from tui.exports.hidden import hidden_sheet

    return hidden_sheet(sheet, mask)


def _without(text: str, kind: str, mask: Mask | None) -> str:
    # What stands beside the tables.
    if mask is None:
        return text
    from tui.exports.hidden import hidden_text

    return hidden_text(text, kind, mask)


def reads_back(kind: str, format: Format) -> bool:
    """Whether the file is for makeroom or another tool to read: what is hidden in it would be lost there."""
    return format.name in ("jira", "linear") or (format.name == "json" and kind == "all")


def sheets_of(figures: Figures, kind: str, today: date) -> list[Sheet]:
    """The tables of a kind, as of a day."""
    from scenarios import exports

    state = figures.state
    makers: dict[str, Callable[[], Sheet]] = {
        "plan": lambda: exports.plan_sheet(state, figures.forecast),
        "decisions": lambda: exports.decisions_sheet(state),
        "one-offs": lambda: exports.one_offs_sheet(state),
        "commitments": lambda: exports.commitments_sheet(state, today),
        "waits": lambda: exports.waits_sheet(state),
        "accounts": lambda: exports.accounts_sheet(state, today),
        "exceptions": lambda: exports.exceptions_sheet(state, today),
        "mix": lambda: exports.mix_sheet(state, figures.mix),
        "progress": lambda: exports.progress_sheet(state),
        "interrupts": lambda: exports.interrupts_sheet(state),
    }
    # Before the quarter runs, there is nothing in these.
    left = frozenset[str]() if kind != "all" or figures.plan.moment is not None else RUNNING
    return [make() for name, make in makers.items() if kind in (name, "all") and name not in left]


def asides(state: State, format: Format) -> list[str]:
    """What whoever exports should know and the file does not say: what stands open, and items that are left out."""
    from scenarios.exports.load_back import without_key
    from scenarios.exports.quarter import warnings_of

    found = list(warnings_of(state)) if format.name in ("csv", "json", "jira", "linear") else []
    if format.name in ("jira", "linear") and (count := without_key(state)):
        found.append(
            f"{count:,} item{' has' if count == 1 else 's have'} no key, and {'is' if count == 1 else 'are'} left out."
        )
    return found
