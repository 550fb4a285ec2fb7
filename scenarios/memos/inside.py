"""The memos that stay inside: first what is not as it was, then how; in full for the team, in short for executives."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.decisions.log import LogLine
from scenarios.decisions.log_words import MOVES, figure_words, move_words, odds_words, option_words
from scenarios.figures.amounts import cents
from scenarios.figures.figure import total
from scenarios.figures.sizes import format_ew
from scenarios.memos.change_words import change_lines, money_words, named
from scenarios.memos.clauses import decision_clause, quoted, way_clause
from scenarios.memos.legend import legend_of
from scenarios.memos.meeting import Meeting
from scenarios.memos.net_change import Verb
from scenarios.memos.template import bullets, fill, plain
from scenarios.plan.plan import entries_of, plan_of
from scenarios.requests.sale import roi_words
from scenarios.requests.voices import voices_of
from scenarios.requests.who_waits import Waiting
from scenarios.rules.commitments import promised_not_in_plan
from scenarios.rules.one_offs import gauge_of, purse_of
from scenarios.rules.returns import card_of, expected_value, request_of
from scenarios.trade.decision_records import took_by_item
from scenarios.verdict.exceptions import standing_of
from store.common.text import capital, series
from store.records import Customer, Move, Slice
from store.records.negotiation import DecisionOption

#: The words for what the verbs did to the plan's load, in the order in which they are told; the first two always are.
_EFFORT: tuple[tuple[str, tuple[Verb, ...]], ...] = (
    ("In", ("in",)),
    ("out", ("answered", "declined", "out", "lost")),
    ("cut", ("cut",)),
    ("grown", ("grown",)),
    ("shipped", ("shipped",)),
    ("not finished", ("not finished",)),
)
#: So many who wait have a line of their own.
_NAMED = 12


def team_memo(meeting: Meeting, template: str, name: str = "the template") -> str:
    """The memo for the team. Raises Refused where the template asks for what there is not."""
    values = {
        **_shared(meeting),
        "present": ", ".join(map(plain, meeting.present)) or "not recorded",
        "decisions": "\n\n".join(_in_full(meeting, number, line) for number, line in enumerate(meeting.lines, 1))
        or "None.",
    }
    return fill(template, values, "team", name)


def executives_memo(meeting: Meeting, template: str, name: str = "the template") -> str:
    """The memo for executives. Raises Refused where the template asks for what there is not."""
    lines = [f"{number}. {_in_short(meeting, line)}" for number, line in enumerate(meeting.lines, 1)]
    values = {
        **_shared(meeting),
        "count": f"{len(lines)} decision{'' if len(lines) == 1 else 's'}",
        "decisions": "\n".join(lines) or "None.",
    }
    return fill(template, values, "executives", name)


#: What stands where the plan of that day would.
_NOT_HERE = "not on record here: these decisions came with a file, without the plan that they were made on"


def _shared(meeting: Meeting) -> dict[str, str]:
    state = meeting.state
    if not meeting.known:
        return {
            "workspace": plain(state.workspace.name),
            "quarter": plain(meeting.quarter.name),
            "date": meeting.when,
            "odds": _odds(meeting),
            "effort": f"What it did to the plan is {_NOT_HERE}",
            "one_offs": "not on record here",
            **dict.fromkeys(("changes", "money", "exceptions", "promised"), f"- Of that day this is {_NOT_HERE}"),
            "unknown": bullets(_unknown(meeting), ""),
            "legend": bullets(legend_of(state), ""),
        }
    signed = [plain(each.sentence) for each in standing_of(state, meeting.day)]
    return {
        "workspace": plain(state.workspace.name),
        "quarter": plain(meeting.quarter.name),
        "date": meeting.when,
        "odds": _odds(meeting),
        "effort": _effort(meeting),
        "changes": bullets(change_lines(meeting), "Nothing: the plan is as it was."),
        "money": bullets(_money(meeting), ""),
        "one_offs": _one_offs(meeting),
        "exceptions": bullets(signed, "None."),
        "promised": bullets([plain(each.words) for each in promised_not_in_plan(state)], "None."),
        "unknown": bullets(_unknown(meeting), ""),
        "legend": bullets(legend_of(state), ""),
    }


def _odds(meeting: Meeting) -> str:
    before, after = meeting.odds
    if meeting.over and after is None and before is not None:
        return f"{odds_words(before, before)} before {plain(meeting.quarter.name)} closed"
    return odds_words(before, after, meeting.quarter.target) or "not recorded"


def _effort(meeting: Meeting) -> str:
    net = meeting.net
    sums = [(word, net.effort(*verbs)) for word, verbs in _EFFORT]
    said = [
        f"{word}: {format_ew(ew)} ew" for number, (word, ew) in enumerate(sums) if number < 2 or format_ew(ew) != "0.0"
    ]
    before, after = plan_of(meeting.began), plan_of(meeting.state)
    was, now = (f" ew in {plain(plan.quarter.name)}" if meeting.over else "" for plan in (before, after))
    loads = f"{format_ew(before.load)}{was} → {format_ew(after.load)} of {format_ew(after.capacity)}{now or ' ew'}"
    left = ""
    if (moment := after.moment) is not None and not meeting.over:
        left = f"; left of it: {format_ew(before.load_left)} → {format_ew(after.load_left)} ew, with "
        left += f"{format_ew(after.capacity_left)} ew of capacity still to come ({moment.words()})"
    return f"{', '.join(said)}; planned: {loads}{left}"


# ------------------------------------------------------------------ how


def _in_full(meeting: Meeting, number: int, line: LogLine) -> str:
    row, detail = line.decision, line.detail
    said = [_who(line)]
    took = took_by_item(meeting.state) if row.kind == "close" else {}
    for kind, word in MOVES:
        if moved := line.moved(kind):
            if kind == "out" and row.kind == "close":
                said.append(f"Shipped: {'; '.join(_shipped(move, took) for move in moved)}")
            else:
                said.append(f"{word}: {'; '.join(plain(move_words(move)) for move in moved)}")
    titles = {move.item_id: quoted(move.title) for move in line.moves}
    for way in line.ways:
        about = f"{titles.get(way.item_id, '')} " if way.item_id != row.item_id else ""
        spares = f", spares {format_ew(way.freed)} ew" if way.freed else ""
        takes = f", takes {format_ew(way.effort)} ew" if way.effort else ""
        said.append(f"Way out: {about}{way_clause(meeting.state, way)}{takes}{spares}")
    if opposed := _opposed(meeting, line):
        said.append(f"Opposed: {opposed}")
    if buyer := _buyer(meeting, line):
        said.append(capital(buyer))
    if row.because:
        said.append(f"Why: {plain(row.because)}")
    if figures := _figures(meeting, line):
        said.append(figures)
    said += [
        f"Signed: {plain(each.sentence)}"
        for each in standing_of(meeting.state, meeting.day)
        if each.terms in line.terms
    ]
    if detail is not None:
        if detail.dissent:
            said.append(f"Dissent: {plain(detail.dissent)}")
        if detail.conditions:
            said.append(f"Conditions: {plain(detail.conditions)}")
        if detail.review:
            said.append(f"Review on {detail.review.isoformat()}")
    if line.options:
        said.append("On the table:")
    table = "".join(f"\n  - {_option(option)}" for option in line.options)
    # What was filled in or shipped stands as a list below, each with its weeks.
    clause = "" if row.kind in ("fill", "close") else decision_clause(meeting.state, line)
    title = f"{plain(row.title)}{f': {clause}' if clause else ''}"
    return f"### {number}. {title}\n\n{bullets([each for each in said if each], '')}{table}"


def _shipped(move: Move, took: Mapping[int, float]) -> str:
    """What was shipped and what it took; what nobody counted has the planned size, and says so."""
    ew = took.get(move.item_id or 0)
    said = f"planned {format_ew(move.ew)} ew, not counted" if ew is None else f"took {format_ew(ew)} ew"
    return f"{plain(move.title)}, {said}"


def _in_short(meeting: Meeting, line: LogLine) -> str:
    row = line.decision
    clause = decision_clause(meeting.state, line)
    said = f"**{plain(row.title)}**" + (f": {clause}" if clause else "")
    said += "".join(f" ({name} {words})" for name, words in figure_words(meeting.state, line) if name == "odds")
    said += f", decided by {plain(row.decided_by)}" if row.decided_by else ""
    opposed = _opposed(meeting, line)
    said += f" (opposed: {opposed})" if opposed else ""
    buyer = _buyer(meeting, line)
    said += f" ({buyer})" if buyer else ""
    return said + (f": {plain(row.because)}" if row.because else "")


def _opposed(meeting: Meeting, line: LogLine) -> str:
    """Who wants opposed things of what was decided; never on a page that leaves the house."""
    item_id = line.decision.item_id
    return "" if item_id is None else plain(voices_of(meeting.state, item_id).opposed)


def _buyer(meeting: Meeting, line: LogLine) -> str:
    """What the buyer gets for the price of what was decided; it stays inside, too."""
    item_id = line.decision.item_id
    words = "" if item_id is None else roi_words(card_of(meeting.state, item_id))
    return plain(f"buyer ROI: {words}") if words else ""


def _who(line: LogLine) -> str:
    asked = line.detail.asked_by if line.detail is not None else ""
    parts = [f"asked by {plain(asked)}"] if asked else []
    parts.append(f"decided by {plain(line.decision.decided_by) or 'nobody named'}")
    return capital(", ".join(parts))


def _figures(meeting: Meeting, line: LogLine) -> str:
    return capital(", ".join(f"{name} {words}" for name, words in figure_words(meeting.state, line)))


def _option(option: DecisionOption) -> str:
    words = plain(option_words(option))
    return f"**{words}** (chosen)" if option.chosen else words


# ------------------------------------------------------------------ money


def _money(meeting: Meeting) -> list[str]:
    state, net = meeting.state, meeting.net
    came = [expected_value(request_of(state, each.item.id), card_of(state, each.item.id)) for each in net.told("in")]
    known = [figure.value for figure in came if figure.value is not None]
    partly = f" (known for {len(known)} of {len(came)})" if known and len(known) < len(came) else ""
    deals = f"Expected value of what came in: {cents(total(known))}{partly}" if known else "No deal behind what came in"
    lines = [deals if came else "Nothing came in"]
    for each in net.items:
        way = each.answer.way if each.answer is not None else None
        if each.verb == "answered" and way is not None and way.amount is not None:
            lines.append(f"{quoted(each.item.title)}: {way_clause(state, way)}")
    lines.append(_who_waits(meeting))
    rows = net.waits.rows
    lines[-1] += "".join(f"\n  - {_waiting(row)}" for row in rows[:_NAMED])
    lines[-1] += f"\n  - and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return lines


def _who_waits(meeting: Meeting) -> str:
    net = meeting.net
    left = any(each.waited_for and each.verb != "cut" for each in net.items)
    cut = any(each.waited_for and each.verb == "cut" for each in net.items)
    what = "what left or was cut" if left and cut else "what was cut" if cut else "what left"
    waits = net.waits
    if not waits.rows:
        if left or cut:
            return f"No customer on record waits for {what}"
        # What came in and left again did leave the plan.
        again = net.waiting_again
        before = "Of what was in plan before, nothing left that anybody waits for"
        return before if again else "Nothing left the plan that anybody waits for"
    count = len(waits.rows)
    who = "1 customer waits" if count == 1 else f"{count} customers wait"
    renewing = f"{waits.renewing_words('of it renews')} by {waits.until.isoformat()}"
    return f"{who}, {waits.with_revenue.removeprefix(',').strip()}, for {what}, each counted once; {renewing}"


def _waiting(row: Waiting) -> str:
    renews = f", renews {row.renews.isoformat()}" if row.renews is not None else ", no renewal date"
    what = series(quoted(item.title) for item in row.items)
    return f"{plain(row.customer.name)} ({money_words(row.customer.arr)}{renews}): {what}"


def _one_offs(meeting: Meeting) -> str:
    """Of the plan as it is now; where its quarter is closed, of the last plan that this had."""
    over = meeting.over
    state = meeting.began if over else meeting.state
    gauge = gauge_of(entries_of(state, "plan"), state.all(Slice).values())
    share = gauge.share.text
    when = f" before {plain(meeting.quarter.name)} closed" if over else ""
    purse = purse_of(meeting.state, meeting.quarter.id)
    return f"{share} of planned effort{when}, {gauge.band}; the purse has bought {purse.words}"


def _unknown(meeting: Meeting) -> list[str]:
    """What the page cannot know, as sentences."""
    lines = meeting.lines
    found = []
    for count, what in (
        (sum(not line.decision.decided_by for line in lines), "who decided"),
        (sum(not line.decision.because for line in lines), "why"),
    ):
        if count:
            found.append(f"Of {count} of {len(lines)} decisions nobody said {what}")
    waits = meeting.net.waits.rows if meeting.known else ()
    unpaid = [row.customer.name for row in waits if row.customer.arr is None]
    if unpaid:
        found.append(f"What these pay is not on record: {named(unpaid)}")
    if not meeting.state.all(Customer):
        found.append("No customer is on record, so nobody is known to wait")
    found.append("What was agreed, promised or told to anybody outside of this workspace")
    found.append("What was taken back since: it is not on this page")
    return found
