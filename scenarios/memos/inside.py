"""The memos that stay inside: for the team, every decision in full; for executives, a line each and the money."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.amounts import cents, exact, money, odds_percent, percent
from scenarios.charter import RIGHTS
from scenarios.commitments import promised_not_in_plan
from scenarios.decision_log import Line
from scenarios.figures import total
from scenarios.memos.filling import bullets, fill, plain
from scenarios.memos.meeting import Meeting
from scenarios.one_offs import gauge_of, purse_of
from scenarios.plan import entries_of
from scenarios.returns import card_of, expected_value, request_of
from scenarios.signing import standing_terms
from scenarios.sizes import format_ew
from scenarios.waiting import who_waits
from store.negotiation import DecisionOption, SignedTerms, WayOut
from store.records import DecisionKind, Move, Slice, State

#: What each kind of decision is called in a memo.
KINDS: Mapping[DecisionKind, str] = {
    "trade": "in, for something else",
    "accept": "agreed",
    "over-commit": "signed for, below the odds target",
    "fill": "filled in rank order",
    "baseline": "agreed plan",
    "drop": "taken out of plan",
    "decline": "declined",
    "defer": "good, not now",
    "capacity": "capacity",
    "estimate": "sized anew",
    "target": "odds target",
    "close": "quarter closed",
}
_MOVES = (("in", "In"), ("out", "Out"), ("resized", "Resized"), ("capacity", "Capacity"))


def team_memo(meeting: Meeting, template: str, name: str = "the template") -> str:
    """The memo for the team. Raises MemoError where the template asks for what there is not."""
    values = {
        **_shared(meeting),
        "present": ", ".join(map(plain, meeting.present)) or "not recorded",
        "decisions": "\n\n".join(_in_full(number, line) for number, line in enumerate(meeting.lines, 1)) or "None.",
    }
    return fill(template, values, "team", name)


def executives_memo(meeting: Meeting, template: str, name: str = "the template") -> str:
    """The memo for executives. Raises MemoError where the template asks for what there is not."""
    lines = [f"{number}. {_in_short(line)}" for number, line in enumerate(meeting.lines, 1)]
    values = {
        **_shared(meeting),
        "count": f"{len(lines)} decision{'' if len(lines) == 1 else 's'}",
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
        "odds": _arrow(before, after) or "not recorded",
        "exceptions": bullets([_terms(row) for row in standing_terms(state)], "None."),
        "promised": bullets([plain(each.words) for each in promised_not_in_plan(state)], "None."),
    }


def _arrow(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return ""
    first, second = odds_percent(before), odds_percent(after)
    return second if first == second else f"{first} → {second}"


def _in_full(number: int, line: Line) -> str:
    row, detail = line.decision, line.detail
    said = [_who(line)]
    for kind, word in _MOVES:
        if moved := line.moved(kind):
            said.append(f"{word}: {'; '.join(map(_move, moved))}")
    said += [_way(way) for way in line.ways]
    if row.because:
        said.append(f"Why: {plain(row.because)}")
    if figures := _figures(line):
        said.append(figures)
    said += [f"Signed: {_terms(each)}" for each in line.terms]
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


def _in_short(line: Line) -> str:
    row = line.decision
    out = ", ".join(plain(move.title) for move in line.moved("out"))
    traded = f", for {out}" if out else ""
    odds = _arrow(row.odds_before, row.odds_after)
    by = f", decided by {plain(row.decided_by)}" if row.decided_by else ""
    return f"**{plain(row.title)}**: {KINDS[row.kind]}{traded}{f' (odds {odds})' if odds else ''}{by}"


def _who(line: Line) -> str:
    asked = line.detail.asked_by if line.detail is not None else ""
    parts = [f"asked by {plain(asked)}"] if asked else []
    parts.append(f"decided by {plain(line.decision.decided_by) or 'nobody named'}")
    return ", ".join(parts)[:1].upper() + ", ".join(parts)[1:]


def _move(move: Move) -> str:
    return f"{plain(move.title)}, {format_ew(move.ew)} ew"


def _way(way: WayOut) -> str:
    parts = [
        plain(way.who),
        cents(exact(way.amount)) if way.amount is not None else "",
        f"{format_ew(way.effort)} ew" if way.effort else "",
        f"frees {format_ew(way.freed)} ew" if way.freed else "",
        f"{way.customers} customers" if way.customers is not None else "",
        f"test: {plain(way.test)}" if way.test else "",
        f"by {way.due.isoformat()}" if way.due else "",
        plain(way.note),
    ]
    return f"Way out: {way.kind}" + "".join(f", {part}" for part in parts if part)


def _figures(line: Line) -> str:
    row, detail = line.decision, line.detail
    parts = [f"odds {odds}"] if (odds := _arrow(row.odds_before, row.odds_after)) else []
    if detail is not None and detail.load_before is not None and detail.load_after is not None:
        parts.append(f"load {format_ew(detail.load_before)} → {format_ew(detail.load_after)} ew")
    if detail is not None and detail.one_offs_before is not None and detail.one_offs_after is not None:
        parts.append(f"one-offs {percent(detail.one_offs_before)} → {percent(detail.one_offs_after)}")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _option(option: DecisionOption) -> str:
    parts = [f"odds {odds_percent(option.odds)}" if option.odds is not None else "", f"frees {format_ew(option.ew)} ew"]
    parts.append(f"displaces {option.value:g}" if option.value is not None else "")
    parts.append(f"{money(option.arr)} a year waits" if option.arr is not None else "")
    words = f"{plain(option.title)}: {', '.join(part for part in parts if part)}"
    return f"**{words}** (chosen)" if option.chosen else words


def _terms(row: SignedTerms) -> str:
    conditions = f"; conditions: {plain(row.conditions)}" if row.conditions else ""
    review = f"; looked at again {row.review.isoformat()}" if row.review else ""
    return f"{plain(row.name)} may {RIGHTS[row.right]}: {plain(row.reason)}{conditions}{review}"


def _money(meeting: Meeting) -> list[str]:
    state = meeting.state
    came = [expected_value(request_of(state, item.id), card_of(state, item.id)) for item in meeting.items("in")]
    known = [figure.value for figure in came if figure.value is not None]
    waits = who_waits(state, [item.id for item in meeting.items("out")])
    lines = [f"Expected value of what came in: {cents(total(known))}" if known else "No deal behind what came in"]
    if waits.rows:
        count = len(waits.rows)
        who = "1 customer waits" if count == 1 else f"{count} customers wait"
        renewing = f"{waits.at_renewal.text} of it renews by {waits.until.isoformat()}"
        lines.append(f"{who}, with {waits.revenue.text} a year, for what left, each counted once; {renewing}")
    else:
        lines.append("No customer on record waits for what left")
    return lines


def _one_offs(state: State) -> str:
    gauge = gauge_of(entries_of(state, "plan"), state.all(Slice).values())
    share = percent(float(gauge.share.value or 0))
    return f"{share} of planned effort, {gauge.band}; the purse has bought {purse_of(state).words}"
