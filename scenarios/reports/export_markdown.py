"""An export as Markdown: it reads well as plain text, through a screen reader, and in a pipe."""

from __future__ import annotations

from scenarios.reports.burn_svg import burn_rows
from scenarios.reports.export import Export, mix_rows, tables_of
from scenarios.reports.markdown import plain, table_lines


def export_markdown(export: Export) -> str:
    """How the quarter stands, then the tables."""
    found = export.standing
    lines = [f"# {plain(export.title)}", "", plain(export.quiet), ""]
    for warning in found.warnings:
        lines += [f"**{plain(warning)}**", ""]
    lines += [f"- {plain(what)}: {plain(words)}" for what, words in found.facts]
    lines += ["", "## Mix", "", *table_lines(mix_rows(found))]
    if export.burn is not None:
        lines += ["", "## By weeks", "", export.burn.words, "", *table_lines(burn_rows(export.burn))]
    for sheet in export.sheets:
        for at, (heading, rows) in enumerate(tables_of(sheet)):
            lines += ["", f"## {plain(heading)}", ""]
            lines += [plain(sheet.about), ""] if not at and len(rows) > 1 else []
            lines += table_lines(rows) if len(rows) > 1 else ["Nothing."]
    return "\n".join(lines) + "\n"
