"""One HTML page that needs nothing else: no script, no address; it prints. Whatever text holds is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; color: #16202B; background: #FFFFFF; margin: 2rem auto; max-width: 78rem;
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
td { min-width: 7rem; } table.wide td { min-width: 4.5rem; }
td.short, table.wide td.short { min-width: 0; white-space: nowrap; } td span { white-space: nowrap; }
th.number, td.number, table.wide td.number { text-align: right; padding: .25rem .6rem; min-width: 0;
  white-space: nowrap; font-variant-numeric: tabular-nums; }
table.many { font-size: .8rem; } table.many td { min-width: 2rem; padding-right: .35rem; }
table.many th.number, table.many td.number { padding: .25rem .3rem; }
p.big { font-size: 1.25rem; font-weight: 600; } .bars { max-width: 40rem; } .paper table + table { margin-top: .6rem; }
@media screen and (max-width: 48rem) {
  body { margin: 1rem auto; } td, td.short { min-width: 0; white-space: normal; }
  table.wide thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  table.wide, table.wide tbody, table.wide tr, table.wide td { display: block; width: auto; }
  table.wide tr { border-bottom: 2px solid #DDDEDC; padding: .5rem 0; }
  table.wide td, table.wide td.short, table.wide td.number { border: 0; padding: .05rem 0; text-align: left;
    white-space: normal; } table.wide td:empty { display: none; }
  table.wide td::before { content: attr(data-of) ": "; color: #56626F; } }
@media print { body { margin: 0; max-width: none; font-size: 11px; } tr, figure, li { break-inside: avoid; }
  .paper { font-size: 9px; line-height: 1.2; } .paper p { margin: .1rem 0; } .paper p.big { font-size: 10px; }
  .paper h2 { font-size: 11px; margin: .25rem 0 .05rem; } .paper .bars { max-width: 22rem; }
  .paper table th, .paper table td, .paper table.wide td.number, .paper table th.number { padding-top: .02rem;
    padding-bottom: .02rem; }
  .paper table + table { margin-top: .2rem; } @page { margin: 9mm; }
  h2, h3 { break-after: avoid; } svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""

#: What a page begins with that is not for customers: it names them, their revenue, and people.
INTERNAL = "Internal: not for customers."
#: Characters of a cell that is never broken.
_SHORT = 16
#: Columns that fit side by side on a phone; rows of more become a block each there, a line a cell.
_NARROW = 4
#: So many that are text, which needs more room than figures do, stand side by side only where nothing else does.
_TEXTS = 3
#: A table of more columns is written smaller.
_MANY = 12
#: A day and a time of it.
_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d) (\d\d:\d\d\S*)$")
#: A figure: digits with their sign, currency and unit, and nothing else.
_FIGURE = re.compile(r"[-+<~]?[^\w\s]{0,3}\d[\d,]*(\.\d+)?[kMB]?( ?(%|ew|times))?")


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
        "<main>",
        *body,
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(parts)


def table_parts(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table, its first row the heads; columns of figures stand at the right."""
    head, *body = rows
    figures = {at for at in range(len(head)) if _are_figures([row[at] for row in body])}
    wide = len(head) > _NARROW or (len(head) > _TEXTS and len(head) - len(figures) >= _TEXTS)
    kinds = [kind for kind, has in (("wide", wide), ("many", len(head) > _MANY)) if has]
    roles = [f' role="{role}"' if wide else "" for role in ("table", "row", "columnheader", "rowgroup")]
    table, line, column, group = roles
    heads = "".join(
        f'<th scope="col"{column}{_kind(["number"] if at in figures else [])}>{escape(cell)}</th>'
        for at, cell in enumerate(head)
    )
    return [
        f"<table{_kind(kinds)}{table}>",
        f"<thead{group}><tr{line}>{heads}</tr></thead>",
        f"<tbody{group}>",
        *(
            f"<tr{line}>"
            + "".join(_cell(cell, head[at] if wide else "", at in figures) for at, cell in enumerate(row))
            + "</tr>"
            for row in body
        ),
        "</tbody>",
        "</table>",
    ]


def _are_figures(cells: Sequence[str]) -> bool:
    """Whether these are figures, but for those that are empty."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_FIGURE.fullmatch(cell) for cell in filled)


def _cell(text: str, of: str, figure: bool) -> str:
    # Long words break, or one title could make the page as wide as it likes; figures and names stay whole.
    kinds = ["number"] if figure else ["short"] if len(text) <= _SHORT else []
    named = f' role="cell" data-of="{escape(of)}"' if of else ""
    return f"<td{_kind(kinds)}{named}>{_MOMENT.sub(_whole, escape(text))}</td>"


def _whole(moment: re.Match[str]) -> str:
    # A line ends between day and time, and in neither.
    return f"<span>{moment[1]}</span> <span>{moment[2]}</span>"


def _kind(kinds: Sequence[str]) -> str:
    return f' class="{" ".join(kinds)}"' if kinds else ""


def figure_parts(pie: str, caption: str) -> list[str]:
    """A pie, which is SVG already, with a line below it."""
    return ["<figure>", pie, f"<figcaption>{escape(caption)}</figcaption>", "</figure>"]
