"""The memos that stay inside: for the team, every decision in full; for executives, a line each and the money."""

from __future__ import annotations

from scenarios.decisions.log import LogLine
from scenarios.decisions.log_words import (
    KINDS,
    MOVES,
    figure_words,
    move_words,
    odds_words,
    option_words,
    terms_words,
    way_words,
)
from scenarios.figures.amounts import cents, percent
from scenarios.figures.figure import total
from scenarios.figures.sizes import format_ew
from scenarios.memos.meeting import Meeting
from scenarios.memos.template import bullets, fill, plain
from scenarios.plan.plan import entries_of
from scenarios.requests.who_waits import who_waits
from scenarios.rules.commitments import promised_not_in_plan
from scenarios.rules.one_offs import gauge_of, purse_of
from scenarios.rules.returns import card_of, expected_value, request_of
from scenarios.verdict.signatures import standing_terms
from store.records import Slice, State
from store.records.negotiation import DecisionOption


def team_memo(meeting: Meeting, template: str, name: str = "the template") -> str:
    """The memo for the team. Raises Refused where the template asks for what there is not."""
    values = {
        **_shared(meeting),
        "present": ", ".join(map(plain, meeting.present)) or "not recorded",
        "decisions": "\n\n".join(_in_full(number, line) for number, line in enumerate(meeting.lines, 1)) or "None.",
    }
    return fill(template, values, "team", name)


def executives_memo(meeting: Meeting, template: str, name: str = "the template") -> str:
    """The memo for executives. Raises Refused where the template asks for what there is not."""
    lines = [f"{number}. {_in_short(line)}" for number, line in enumerate(meeting.lines, 1)]
    values = {
        **_shared(meeting),
        "count": f"{len(lines)} decision{'' if len(lines) == 1 else 's'}",
        "effort": f"In: {format_ew(meeting.effort('in'))} ew, out: {format_ew(meeting.effort('out'))} ew",
        "decisions": "\n".join(lines) or "None.",
        "money": bullets(_money(meeting), ""),
        "one_offs": _one_offs(meeting.state),
    }
    return fill(template, values, "executives", name)


def _shared(meeting: Meeting) -> dict[str, str]:
    state = meeting.state
    before, after = meeting.odds
    return {
        "workspace": plain(state.workspace.name),
        "quarter": plain(meeting.quarter.name),
        "date": meeting.day.isoformat(),
        "odds": odds_words(before, after, meeting.quarter.target) or "not recorded",
        "exceptions": bullets([plain(terms_words(row)) for row in standing_terms(state)], "None."),
        "promised": bullets([plain(each.words) for each in promised_not_in_plan(state)], "None."),
    }


def _in_full(number: int, line: LogLine) -> str:
    row, detail = line.decision, line.detail
    said = [_who(line)]
    for kind, word in MOVES:
        if moved := line.moved(kind):
            said.append(f"{word}: {'; '.join(plain(move_words(move)) for move in moved)}")
    said += [f"Way out: {plain(way_words(way))}" for way in line.ways]
    if row.because:
        said.append(f"Why: {plain(row.because)}")
    if figures := _figures(line):
        said.append(figures)
    said += [f"Signed: {plain(terms_words(each))}" for each in line.terms]
    if detail is not None:
        if detail.dissent:
            said.append(f"Dissent: {plain(detail.dissent)}")
        if detail.conditions:
            said.append(f"Conditions: {plain(detail.conditions)}")
        if detail.review:
            said.append(f"Looked at again: {detail.review.isoformat()}")
    if line.options:
        said.append("On the table:")
    table = "".join(f"\n  - {_option(option)}" for option in line.options)
    return (
        f"### {number}. {plain(row.title)}: {KINDS[row.kind]}\n\n{bullets([each for each in said if each], '')}{table}"
    )


def _in_short(line: LogLine) -> str:
    row = line.decision
    out = ", ".join(plain(move.title) for move in line.moved("out"))
    # What it was traded for stands in the place of "something else".
    what = f"in, for {out}" if out and row.kind == "trade" else KINDS[row.kind] + (f", for {out}" if out else "")
    odds = odds_words(row.odds_before, row.odds_after)
    by = f", decided by {plain(row.decided_by)}" if row.decided_by else ""
    return f"**{plain(row.title)}**: {what}{f' (odds {odds})' if odds else ''}{by}"


def _who(line: LogLine) -> str:
    asked = line.detail.asked_by if line.detail is not None else ""
    parts = [f"asked by {plain(asked)}"] if asked else []
    parts.append(f"decided by {plain(line.decision.decided_by) or 'nobody named'}")
    return ", ".join(parts)[:1].upper() + ", ".join(parts)[1:]


def _figures(line: LogLine) -> str:
    text = ", ".join(f"{name} {words}" for name, words in figure_words(line))
    return text[:1].upper() + text[1:]


def _option(option: DecisionOption) -> str:
    words = plain(option_words(option))
    return f"**{words}** (chosen)" if option.chosen else words


def _money(meeting: Meeting) -> list[str]:
    state = meeting.state
    came = [expected_value(request_of(state, item.id), card_of(state, item.id)) for item in meeting.items("in")]
    known = [figure.value for figure in came if figure.value is not None]
    waits = who_waits(state, [item.id for item in meeting.items("out")])
    lines = [f"Expected value of what came in: {cents(total(known))}" if known else "No deal behind what came in"]
    if waits.rows:
        count = len(waits.rows)
        who = "1 customer waits" if count == 1 else f"{count} customers wait"
        renewing = f"{waits.renewing_words('of it renews')} by {waits.until.isoformat()}"
        lines.append(
            f"{who}, {waits.with_revenue.removeprefix(',').strip()}, for what left, each counted once; {renewing}"
        )
    else:
        lines.append("No customer on record waits for what left")
    return lines


def _one_offs(state: State) -> str:
    gauge = gauge_of(entries_of(state, "plan"), state.all(Slice).values())
    share = percent(float(gauge.share.value or 0))
    return f"{share} of planned effort, {gauge.band}; the purse has bought {purse_of(state).words}"
