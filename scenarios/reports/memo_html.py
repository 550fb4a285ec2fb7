"""A memo as one HTML page, from its text and the pies before and after; its figures have no other source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scenarios.plan.mix import Mix
from scenarios.reports.markdown_html import markdown_html, title_of
from scenarios.reports.page import html_page
from scenarios.reports.pie_svg import pie_svg


def memo_html(text: str, pies: Sequence[tuple[str, Mix]] = ()) -> str:
    """The page; ``text`` is a memo in Markdown. A memo for an account has no pies: shares tell of others."""
    body = markdown_html(text)
    if pies:
        # Beneath what the meeting was, which is the first heading and what it says.
        at = next((number for number, line in enumerate(body) if line.startswith("<h2")), len(body))
        body[at:at] = ['<div class="pies">', *_figures(pies), "</div>"]
    return html_page(title_of(text) or "memo", body)


def _figures(pies: Sequence[tuple[str, Mix]]) -> list[str]:
    found = []
    for number, (name, mix) in enumerate(pies):
        shares = ", ".join(f"{part.letter} {part.said}" for part in mix.slices if part.share > 0)
        pie = pie_svg(mix, name, mark=f"pie{number}-", alone=False)
        caption = f"{escape(name)}: {escape(shares or 'nothing in plan')}"
        found += ["<figure>", pie, f"<figcaption>{caption}</figcaption>", "</figure>"]
    return found
