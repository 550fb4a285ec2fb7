"""One HTML page that needs nothing else: no script, no address; it prints. Whatever text holds is shown as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; color: #16202B; background: #FFFFFF; margin: 2rem auto; max-width: 64rem;
  padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.2rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
p.open { border-left: 4px solid #CE330A; padding-left: .6rem; font-weight: 600; }
p.quiet { color: #56626F; margin-top: .2rem; }
.pies { display: flex; flex-wrap: wrap; gap: 2rem; margin: 1rem 0; }
figure { margin: 0; text-align: center; } figcaption { font-weight: 600; overflow-wrap: anywhere; max-width: 260px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #DDDEDC;
  overflow-wrap: anywhere; }
th { color: #56626F; font-weight: 600; overflow-wrap: normal; }
td { min-width: 7rem; } td.short { min-width: 0; white-space: nowrap; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } tr, figure, li { break-inside: avoid; }
  h2, h3 { break-after: avoid; } svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""

#: Characters of a cell that is never broken.
_SHORT = 16


def page(title: str, quiet: str, body: Iterable[str]) -> str:
    """A page with its title as heading, a quiet line below it, and these parts, which are HTML already."""
    return html_page(title, [f"<h1>{escape(title)}</h1>", f'<p class="quiet">{escape(quiet)}</p>', *body])


def html_page(title: str, body: Iterable[str]) -> str:
    """The page; ``title`` is plain text, ``body`` is HTML already."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(parts)


def table_parts(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table, its first row the heads."""
    head, *body = rows
    return [
        "<table>",
        "<thead><tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head) + "</tr></thead>",
        "<tbody>",
        *("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in body),
        "</tbody>",
        "</table>",
    ]


def _cell(text: str) -> str:
    # Long words break, or one title could make the page as wide as it likes; figures and names stay whole.
    kind = ' class="short"' if len(text) <= _SHORT else ""
    return f"<td{kind}>{escape(text)}</td>"


def figure_parts(pie: str, caption: str) -> list[str]:
    """A pie, which is SVG already, with a line below it."""
    return ["<figure>", pie, f"<figcaption>{escape(caption)}</figcaption>", "</figure>"]
