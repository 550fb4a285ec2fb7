"""A comparison as one HTML page that needs nothing else: no script, no address, both pies drawn in it; it prints."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scenarios.compare import Comparison
from scenarios.reports.comparison import difference_groups, figure_rows, quarter_of, title_of
from scenarios.reports.pie_svg import pie_svg

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; color: #16202B; background: #FFFFFF; margin: 2rem auto; max-width: 64rem;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.2rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
p.quiet { color: #56626F; margin-top: .2rem; }
.pies { display: flex; flex-wrap: wrap; gap: 2rem; margin: 1rem 0; }
figure { margin: 0; text-align: center; } figcaption { font-weight: 600; overflow-wrap: anywhere; max-width: 260px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #DDDEDC;
  overflow-wrap: anywhere; }
th { color: #56626F; font-weight: 600; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } tr, figure { break-inside: avoid; }
  h2, h3 { break-after: avoid; } svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def compare_html(comparison: Comparison) -> str:
    """The page. Whatever titles hold is shown as the text that it is."""
    title = escape(title_of(comparison))
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{title}</h1>",
        f'<p class="quiet">{escape(quarter_of(comparison))}</p>',
        '<div class="pies">',
    ]
    for number, side in enumerate(comparison.figures):
        pie = pie_svg(side.mix, side.name, mark=f"pie{number}-", alone=False)
        parts += ["<figure>", pie, f"<figcaption>{escape(side.name)}</figcaption>", "</figure>"]
    parts.append("</div>")
    parts += _table(figure_rows(comparison))
    for pair in comparison.pairs:
        if len(comparison.pairs) > 1:
            parts.append(f"<h2>{escape(pair.a.name)} → {escape(pair.b.name)}</h2>")
        groups = list(difference_groups(pair))
        for heading, columns, rows in groups:
            parts.append(f"<h3>{escape(heading)}</h3>")
            parts += _table([columns, *rows])
        if not groups:
            parts.append("<p>No difference.</p>")
        parts.append(f'<p class="quiet">{pair.unchanged} items are the same in both.</p>')
    parts += ["</body>", "</html>", ""]
    return "\n".join(parts)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = rows
    return [
        "<table>",
        "<thead><tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head) + "</tr></thead>",
        "<tbody>",
        *("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body),
        "</tbody>",
        "</table>",
    ]
