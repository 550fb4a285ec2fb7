"""The status of a quarter as one page that a phone reads: odds, mix, plan, and what was decided on the last day.

It is plain HTML without a script. Whatever text holds is shown as it is.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from scenarios.decisions.log import LogLine, find_decisions
from scenarios.decisions.log_words import figure_words, moved_parts
from scenarios.exports.quarter import quarter_status
from scenarios.figures.amounts import odds_percent, percent
from scenarios.figures.sizes import format_ew
from scenarios.reports.page import figure_parts, html_page, table_parts
from scenarios.reports.pie_svg import pie_svg
from store.records import State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast


def status_html(state: State, forecast: Forecast, at: datetime, board: str = "") -> str:
    """The page as of a moment; ``board`` is the address of the board, where there is one."""
    found = quarter_status(state, forecast)
    facts = dict(found.facts)
    body = [
        f"<h1>{escape(found.workspace)}: {escape(found.quarter)}</h1>",
        f'<p class="quiet">As of {at:%Y-%m-%d %H:%M}. Effort in engineer-weeks (ew).</p>',
        *(f'<p class="open">{escape(warning)}</p>' for warning in found.warnings),
        f'<p class="big">Odds {escape(facts["odds"])}</p>',
        f"<p>{escape(facts['in plan'])}, load {escape(facts['load'])} of {escape(facts['net capacity'])} net. "
        f"One-offs {escape(facts['one-offs'])}.</p>",
        "<h2>Mix</h2>",
        '<div class="pies">',
        *figure_parts(pie_svg(found.mix, "the mix of the plan", mark="mix-", alone=False), "Mix of the plan"),
        "</div>",
        *table_parts(
            [
                ["slice", "share", "aim"],
                *([f"{part.letter} {part.name}", part.said, percent(part.aim)] for part in found.mix.slices),
            ]
        ),
        "<h2>In plan</h2>",
        *_plan(forecast),
        *_decisions(state),
    ]
    if board:
        body.append(
            '<p><a href="">Read it again</a>, or go to '
            f'<a href="{escape(board)}">the board itself</a>, which is for a large screen.</p>'
        )
    return html_page(f"{found.workspace}: {found.quarter}", body)


def _plan(forecast: Forecast) -> list[str]:
    rows = [["#", "what", "ew", "odds"]]
    for rank, entry in enumerate(forecast.plan.entries, 1):
        item = entry.item
        odds = odds_percent(forecast.item_odds[item.id])
        rows.append([str(rank), f"{item.title} ({item.slice})", format_ew(entry.ew), odds])
    return table_parts(rows) if len(rows) > 1 else ["<p>Nothing yet.</p>"]


def _decisions(state: State) -> list[str]:
    lines = find_decisions(state)
    if not lines:
        return ["<h2>Decided</h2>", "<p>Nothing yet.</p>"]
    day = lines[0].decision.at.date()
    parts = [f"<h2>Decided on {day.isoformat()}</h2>", "<ul>"]
    for line in lines:
        if line.decision.at.date() != day:
            break
        parts.append(f"<li>{_decision(state, line)}</li>")
    return [*parts, "</ul>"]


def _decision(state: State, line: LogLine) -> str:
    row = line.decision
    said = [f"decided by {row.decided_by or 'nobody named'}"]
    said += [f"{name} {words}" for name, words in figure_words(state, line)]
    because = f": {row.because}" if row.because else ""
    return f"{escape('; '.join(moved_parts(line)))}<br><small>{escape(', '.join(said) + because)}</small>"
