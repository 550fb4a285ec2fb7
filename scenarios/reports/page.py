"""One HTML page that needs nothing else: no script, no address; it prints."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; color: #16202B; background: #FFFFFF; margin: 2rem auto; max-width: 64rem;
  padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.2rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
p.quiet { color: #56626F; margin-top: .2rem; }
.pies { display: flex; flex-wrap: wrap; gap: 2rem; margin: 1rem 0; }
figure { margin: 0; text-align: center; } figcaption { font-weight: 600; overflow-wrap: anywhere; max-width: 260px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #DDDEDC;
  overflow-wrap: anywhere; }
th { color: #56626F; font-weight: 600; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } tr, figure, li { break-inside: avoid; }
  h2, h3 { break-after: avoid; } svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def html_page(title: str, body: Iterable[str]) -> str:
    """The page; ``title`` is plain text, ``body`` is HTML already."""
    return "\n".join(
        [
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
    )
