"""An export as one HTML page that needs nothing else, the pie drawn in it; it prints."""

from __future__ import annotations

from html import escape

from scenarios.plan.mix import Mix, SliceShare
from scenarios.reports.burn_svg import burn_rows, burn_svg
from scenarios.reports.export import Export, mix_rows, tables_of
from scenarios.reports.page import figure_parts, page, table_parts
from scenarios.reports.pie_svg import pie_svg


def export_html(export: Export) -> str:
    """The page: what stands open first, the mix beside its aims, then the tables."""
    found = export.standing
    parts = [f'<p class="open">{escape(warning)}</p>' for warning in found.warnings]
    parts.append('<div class="pies">')
    parts += figure_parts(pie_svg(found.mix, "the mix of the plan", mark="mix-", alone=False), "Mix of the plan")
    parts += figure_parts(pie_svg(_aims(found.mix), "the aims", mark="aim-", alone=False), "Aims")
    parts += ["</div>", *table_parts(mix_rows(found))]
    parts += ["<h2>The quarter</h2>", *table_parts([["what", "how much"], *map(list, found.facts)])]
    if export.burn is not None:
        parts += ["<h2>By weeks</h2>", burn_svg(export.burn, alone=False), f"<p>{escape(export.burn.words)}</p>"]
        parts += table_parts(burn_rows(export.burn))
    for sheet in export.sheets:
        for at, (heading, rows) in enumerate(tables_of(sheet)):
            parts.append(f"<h2>{escape(heading)}</h2>")
            parts += [f'<p class="quiet">{escape(sheet.about)}</p>'] if not at and len(rows) > 1 else []
            parts += table_parts(rows) if len(rows) > 1 else ["<p>Nothing.</p>"]
    return page(export.title, export.quiet, parts)


def _aims(mix: Mix) -> Mix:
    """The mix as it is wanted."""
    return Mix(
        tuple(
            SliceShare(part.letter, part.name, part.owner, part.ew, part.aim, part.aim)
            for part in mix.slices
            if part.aim
        )
    )
