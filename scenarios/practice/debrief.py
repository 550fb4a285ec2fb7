"""The debrief of a play: how those who played reasoned, line by line, each with the moment that it quotes.

No answer is right here: what is told is what was weighed before it was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from scenarios.decisions.log import LogLine
from scenarios.decisions.log_words import kind_words
from scenarios.figures.amounts import odds_percent, percent
from scenarios.figures.names import plain_name
from scenarios.figures.sizes import format_ew
from scenarios.plan.mix import mix_of, one_off_ceiling
from scenarios.plan.plan import plan_of
from scenarios.practice.case import CaseRole
from scenarios.practice.parts import players
from scenarios.practice.play_log import AskedFor, PlayLog
from scenarios.practice.said_words import said_kind
from scenarios.rules.charter import RIGHTS
from scenarios.trade.door import forecast_of
from scenarios.trade.guard import standing
from store.common.text import short
from store.records import Item, Size, Slice
from store.records.negotiation import Card, Evidence, HiddenCost, Principle, SignedTerms, WayOut
from store.records.practice import Said

#: The topics in their order, by key: what each is called.
TOPICS = {
    "options": "Options before a yes",
    "evidence": "Evidence before or after",
    "hidden": "Hidden costs",
    "precedent": "Precedent",
    "principles": "Principles and signatures",
    "heard": "Who was not heard",
    "honest": "Odds and mix",
    "time": "From the escalation to the answer",
    "told": "What was told to whom",
    "led": "How the script was led",
}
_PRESSING = ("ask", "escalation", "promise", "louder")
#: Kinds of hidden costs that a card has.
_HIDDEN_KINDS = 4
#: A slice that lost more than this share (0..1) shrank.
_SHRANK = 0.005
#: Characters of a quote.
_QUOTED = 110


@dataclass(frozen=True)
class DebriefLine:
    """What was found on a topic; ``event`` is the entry of the journal that it quotes, None where it quotes none."""

    topic: str
    words: str
    event: int | None = None
    quote: str = ""
    warns: bool = False


@dataclass(frozen=True)
class DebriefFigures:
    """What one play is compared with another by. ``minutes`` is the median from a pressing word to the first answer;
    ``agree`` is None where fewer than two sides were told anything."""

    answers: dict[str, str]
    options: int
    neither: int
    evidence_before: int
    evidence_after: int
    hidden: int
    signed: int
    broken: int
    not_heard: int
    odds: float
    one_offs: float
    minutes: float | None
    agree: bool | None


@dataclass(frozen=True)
class Debrief:
    """All of it; ``lines`` in the order of the topics."""

    case: str
    title: str
    at: datetime
    who: str
    lines: tuple[DebriefLine, ...]
    figures: DebriefFigures


def debrief_of(log: PlayLog, who: str, at: datetime) -> Debrief:
    """The debrief of a play, by whom and when it is told."""
    lines: list[DebriefLine] = []
    for ask in log.asks:
        lines += _options(log, ask)
        lines += _evidence(log, ask)
        lines += _hidden(log, ask)
        lines += _precedent(log, ask)
    lines += _principles(log)
    lines += _heard(log)
    lines += _honest(log)
    lines += _time(log)
    lines += _told(log)
    order = list(TOPICS)
    lines.sort(key=lambda line: order.index(line.topic))
    return Debrief(log.case.name, log.case.title, at, who, tuple(lines), _figures(log, lines))


def quote_of(log: PlayLog, seq: int) -> str:
    """An entry of the journal as it is quoted: when, by whom, and what."""
    step = next((step for step in log.steps if step.event.seq == seq), None)
    if step is None:
        return ""
    event = step.event
    label = short(event.label, _QUOTED)
    # What somebody says in the script has their name before it.
    said = seq in log.by_script and any(change.table == Said.table for change in step.changes)
    by = "" if said else f"{event.actor}: "
    return f"{event.at.astimezone():%H:%M} {by}{label}"


def _line(log: PlayLog, topic: str, words: str, seq: int | None, *, warns: bool = False) -> DebriefLine:
    return DebriefLine(topic, words, seq or None, quote_of(log, seq) if seq else "", warns)


def _title(item: Item) -> str:
    return f"“{short(item.title, 60)}”"


# ------------------------------------------------------------------ options


def _ways(log: PlayLog, item_id: int) -> list[WayOut]:
    rows = (row for row in log.state.each(WayOut) if row.item_id == item_id and log.seq(row))
    return [row for row in rows if row.kind not in ("swap", "decline")]


def _options(log: PlayLog, ask: AskedFor) -> Iterator[DebriefLine]:
    yes, first, ways = ask.yes, ask.first, _ways(log, ask.item.id)
    named = f", {len(ways)} of them neither yes nor no ({', '.join(row.kind for row in ways)})" if ways else ""
    if yes is not None:
        count = _considered(yes) + len(ways)
        seq = log.seq(yes.decision)
        if count <= 1:
            words = f"{_title(ask.item)} came in, and no other option is on record{named}."
        else:
            words = f"{count} options are on record for the yes to {_title(ask.item)}{named}."
        yield _line(log, "options", words, seq, warns=count <= 1)
    elif first is not None:
        last = ask.decisions[-1]
        words = f"{_title(ask.item)} was not said yes to: {kind_words(last)}{named}."
        yield _line(log, "options", words, log.seq(last.decision))
    else:
        yield _line(log, "options", f"{_title(ask.item)} was never answered.", ask.came, warns=True)


def _considered(line: LogLine) -> int:
    """How many options the log has for a decision: at least the one that was taken."""
    return max(1, len(line.options))


# ------------------------------------------------------------------ evidence


def _questions(log: PlayLog, item_id: int) -> list[int]:
    """The entries in which those who play asked for evidence about an item, or wrote some down."""
    asked = {log.seq(row) for row in log.said if row.kind == "asked" and row.item_id == item_id}
    wrote = {log.seq(row) for row in log.state.each(Evidence) if row.item_id == item_id}
    return sorted(asked | {seq for seq in wrote if seq and seq not in log.by_script})


def _evidence(log: PlayLog, ask: AskedFor) -> Iterator[DebriefLine]:
    asked = _questions(log, ask.item.id)
    decided = log.seq(ask.first.decision) if ask.first is not None else None
    if not asked:
        words = f"Nobody asked what is known of {_title(ask.item)}."
        yield _line(log, "evidence", words, decided or ask.came, warns=True)
    elif decided is None or asked[0] < decided:
        when = "before anything was decided" if decided is not None else "and nothing was decided"
        yield _line(log, "evidence", f"What is known of {_title(ask.item)} was asked for {when}.", asked[0])
    else:
        words = f"What is known of {_title(ask.item)} was asked for after it was decided."
        yield _line(log, "evidence", words, asked[0], warns=True)


def _hidden(log: PlayLog, ask: AskedFor) -> Iterator[DebriefLine]:
    rows = [row for row in log.state.each(HiddenCost) if row.item_id == ask.item.id]
    mine = [row for row in rows if log.seq(row) and log.seq(row) not in log.by_script]
    if not rows:
        words = f"Nobody asked what {_title(ask.item)} costs besides its build."
        yield _line(log, "hidden", words, ask.came, warns=ask.yes is not None)
        return
    kinds = ", ".join(sorted({row.kind for row in rows}))
    seq = min((log.seq(row) for row in mine), default=ask.came)
    late = ask.yes is not None and bool(mine) and seq > log.seq(ask.yes.decision)
    words = f"Of {_HIDDEN_KINDS} kinds of hidden costs {_title(ask.item)} has {len(rows)} filled in ({kinds})"
    yield _line(log, "hidden", f"{words}{', after the yes' if late else ''}.", seq, warns=late)


def _precedent(log: PlayLog, ask: AskedFor) -> Iterator[DebriefLine]:
    card = next((row for row in log.state.each(Card) if row.item_id == ask.item.id), None)
    seq = log.first_change(Card.table, ask.item.id, "precedent")
    if card is not None and card.precedent:
        who = "was named" if seq is not None else "stood on the card, and nobody wrote another"
        words = f"A precedent of {_title(ask.item)} {who}: {short(card.precedent, 80)}"
        yield _line(log, "precedent", words.rstrip(".") + ".", seq or ask.came)
    else:
        yield _line(log, "precedent", f"No precedent was named for {_title(ask.item)}.", ask.came)


# ------------------------------------------------------------------ principles


def _principles(log: PlayLog) -> Iterator[DebriefLine]:
    names = {row.id: row.name for row in log.state.each(Principle)}
    items = log.state.all(Item)
    found = False
    for card in log.state.each(Card):
        seq = log.first_change(Card.table, card.item_id, "principle_id", "stance")
        if card.principle_id in names and seq is not None:
            found = True
            words = f"“{names[card.principle_id]}”: {_title(items[card.item_id])} {card.stance} it."
            yield _line(log, "principles", words, seq, warns=card.stance == "breaks")
    for way in log.state.each(WayOut):
        if way.kind == "decline" and way.principle_id in names and log.seq(way):
            found = True
            words = f"“{names[way.principle_id]}” was cited in declining {_title(items[way.item_id])}."
            yield _line(log, "principles", words, log.seq(way))
    for terms in log.state.each(SignedTerms):
        if log.seq(terms):
            found = True
            words = f"{terms.name} signed to {RIGHTS[terms.right]}: {short(terms.reason, 80)}"
            yield _line(log, "principles", words.rstrip(".") + ".", log.seq(terms))
    if not found:
        yield DebriefLine("principles", "No principle was cited, none was said to be broken, and nobody signed.")


# ------------------------------------------------------------------ who was heard


def _spoke(log: PlayLog) -> set[str]:
    """Everybody who was there, decided, signed or was told something, by names as they read."""
    names = [name for line in log.decisions for name in line.people]
    names += [row.who for row in log.said if row.kind in ("asked", "told")]
    names += [row.to_whom for row in log.said if row.kind == "told"]
    asked = {event.key for event in log.case.events if event.asked}
    names += [row.who for row in log.said if row.event in asked]
    names += [step.event.actor for step in log.steps if step.event.seq not in log.by_script]
    return {plain_name(name) for name in names if name}


def _heard_of(role: CaseRole, spoke: set[str]) -> bool:
    """Whether one of these is whoever has the role, or the role itself: sales is the sales lead."""
    name = plain_name(role.name)
    return plain_name(role.who) in spoke or any(name == each or name.startswith(f"{each} ") for each in spoke)


def _heard(log: PlayLog) -> Iterator[DebriefLine]:
    spoke, parts = _spoke(log), players(log.state)
    # Alone, whoever plays is their own role, and speaks in all of it.
    player = log.case.player if not parts else None
    missing = []
    for role in log.case.roles:
        has = parts.get(role.key)
        played = has is not None and plain_name(has.name) in spoke
        if role.key != player and not played and not _heard_of(role, spoke):
            missing.append(role)
    last = log.seq(log.decisions[-1].decision) if log.decisions else None
    for role in missing:
        who = f"{role.who} ({role.name})"
        if role.key in parts:
            who += f", whom {parts[role.key].name} played,"
        elif parts:
            who += ", whom nobody played,"
        yield _line(log, "heard", f"{who} is in no decision: not present, not told, not asked.", last, warns=True)
    slices = log.state.all(Slice).values()
    before, after = (mix_of(plan_of(state).entries, slices) for state in (log.start, log.state))
    for part in after.slices:
        share = before.share(part.letter)
        if share - part.share > _SHRANK and part.owner and plain_name(part.owner) not in spoke:
            out = next((log.seq(line.decision) for line in reversed(log.decisions) if line.moved("out")), None)
            words = f"{part.name} went from {percent(share)} to {percent(part.share)}"
            yield _line(log, "heard", f"{words}: {part.owner}, who speaks for it, is in no decision.", out, warns=True)
    if not missing and log.decisions:
        yield _line(log, "heard", "Everybody with a role is on record.", log.seq(log.decisions[-1].decision))


# ------------------------------------------------------------------ odds and mix


def _honest(log: PlayLog) -> Iterator[DebriefLine]:
    first, last = forecast_of(log.start), forecast_of(log.state)
    signature, shortfall = standing(log.state)
    seq = log.steps[-1].event.seq if log.steps else None
    target = last.plan.target
    odds = _course("The odds", odds_percent(first.odds, target), odds_percent(last.odds, target))
    odds += f"; the target is {odds_percent(target)}"
    if signature is not None:
        stands = f": {signature.name} signed for less"
    elif shortfall is not None:
        stands = ": the shortfall is open, and nobody signed"
    else:
        stands = ""
    yield _line(log, "honest", f"{odds}{stands}.", seq, warns=shortfall is not None and signature is None)
    slices = log.state.all(Slice).values()
    before, after = (mix_of(plan_of(state).entries, slices).one_offs for state in (log.start, log.state))
    ceiling = one_off_ceiling(slices)
    over = ceiling is not None and after > ceiling + 1e-9
    most = f" of at most {percent(ceiling)}" if ceiling is not None else ""
    words = f"{_course('One-offs', percent(before), percent(after))} of the plan{most}."
    yield _line(log, "honest", words, seq, warns=over)
    yield from _smaller(log)


def _course(what: str, before: str, after: str) -> str:
    return f"{what} stayed at {before}" if before == after else f"{what} went from {before} to {after}"


def _smaller(log: PlayLog) -> Iterator[DebriefLine]:
    """What was asked for and became smaller, otherwise than by a smaller first version that was agreed on."""
    asked = {ask.item.id: ask.item for ask in log.asks}
    for step in log.steps:
        if step.event.seq in log.by_script or step.event.undoes is not None:
            continue
        if any(change.table == WayOut.table for change in step.changes):
            continue
        for change in step.changes:
            before, after = change.before or {}, change.after or {}
            item = asked.get(after.get("item_id", 0))
            if change.table != Size.table or item is None or not before or after["likely"] >= before["likely"]:
                continue
            was, now = format_ew(before["likely"]), format_ew(after["likely"])
            words = f"{_title(item)} became {now} ew, from {was}: who sized it?"
            yield _line(log, "honest", words, step.event.seq, warns=True)


# ------------------------------------------------------------------ time, and what was told


def answer_times(log: PlayLog) -> list[tuple[Said, int | None, float | None]]:
    """Each pressing word with the entry of the first answer after it and how many minutes that took."""
    found = []
    for row in log.said:
        if row.kind not in _PRESSING or row.item_id is None:
            continue
        seq = log.seq(row)
        answers = [log.seq(line.decision) for line in log.decisions if row.item_id in line.item_ids]
        answers += [log.seq(told) for told in log.said if told.kind == "told" and told.item_id == row.item_id]
        after = min((each for each in answers if each > seq), default=None)
        minutes = None if after is None else (log.at[after] - log.at[seq]).total_seconds() / 60
        found.append((row, after, minutes))
    return found


def _time(log: PlayLog) -> Iterator[DebriefLine]:
    rows = answer_times(log)
    for row, after, minutes in rows:
        who = f"{row.who} ({said_kind(row)})"
        if after is None or minutes is None:
            yield _line(log, "time", f"{who} got no answer.", log.seq(row), warns=True)
        else:
            many = f"after {minutes:.0f} minutes" if minutes >= 1.5 else "after a minute"
            took = "within a minute" if minutes < 1 else many
            yield _line(log, "time", f"{who} got an answer {took}.", after)
    if not rows:
        yield DebriefLine("time", "Nobody pressed for an answer.")


def told_of(log: PlayLog, item_id: int) -> dict[str, Said]:
    """By side, what it was told of an item last."""
    return {plain_name(row.to_whom): row for row in log.said if row.kind == "told" and row.item_id == item_id}


def sides_agree(log: PlayLog, item_id: int) -> bool | None:
    """Whether all sides were told the same answer and day; None where fewer than two were told any."""
    rows = told_of(log, item_id).values()
    return None if len(rows) < 2 else len({(row.answer, row.due) for row in rows}) == 1


def _told(log: PlayLog) -> Iterator[DebriefLine]:
    for ask in log.asks:
        rows = told_of(log, ask.item.id)
        if not rows:
            yield _line(log, "told", f"Nobody was told anything of {_title(ask.item)}.", ask.came, warns=True)
            continue
        for row in rows.values():
            due = f", by {row.due.isoformat()}" if row.due is not None else ""
            words = f"{row.to_whom} heard of {_title(ask.item)}: {row.answer or 'no plain answer'}{due}."
            kept = {"yes": ("plan", "done"), "no": ("declined", "below"), "later": ("below",)}.get(row.answer or "")
            against = kept is not None and ask.item.state not in kept
            where = " In the plan it is otherwise." if against else ""
            yield _line(log, "told", words + where, log.seq(row), warns=against)
        agree = sides_agree(log, ask.item.id)
        if agree is not None:
            last = max(log.seq(row) for row in rows.values())
            same = "All of them heard the same." if agree else "They did not hear the same."
            yield _line(log, "told", same, last, warns=not agree)
        missing = [side for side in ("sales", "executives", "account") if side not in rows]
        if missing:
            words = f"Of {_title(ask.item)}, nothing was told to {', '.join(missing)}."
            yield _line(log, "told", words, max(log.seq(row) for row in rows.values()))


# ------------------------------------------------------------------ to compare


def _figures(log: PlayLog, lines: list[DebriefLine]) -> DebriefFigures:
    forecast = forecast_of(log.state)
    taken = [minutes for _, _, minutes in answer_times(log) if minutes is not None]
    agree = [found for ask in log.asks if (found := sides_agree(log, ask.item.id)) is not None]
    before = after = 0
    for ask in log.asks:
        decided = log.seq(ask.first.decision) if ask.first is not None else None
        for seq in _questions(log, ask.item.id):
            if decided is None or seq < decided:
                before += 1
            else:
                after += 1
    items = log.state.all(Item)
    # What was asked for and is not in plan breaks nothing, whatever its card says.
    breaking = [row for row in log.state.each(Card) if row.stance == "breaks" and row.principle_id is not None]
    broken = sum(1 for row in breaking if items[row.item_id].state in ("plan", "done"))
    return DebriefFigures(
        answers={ask.item.title: _answer(ask) for ask in log.asks},
        options=sum(_considered(ask.yes) + len(_ways(log, ask.item.id)) for ask in log.asks if ask.yes is not None),
        neither=sum(len(_ways(log, ask.item.id)) for ask in log.asks),
        evidence_before=before,
        evidence_after=after,
        hidden=sum(1 for row in log.state.each(HiddenCost) if log.seq(row) and log.seq(row) not in log.by_script),
        signed=sum(1 for row in log.state.each(SignedTerms) if log.seq(row)),
        broken=broken,
        not_heard=sum(1 for line in lines if line.topic == "heard" and line.warns),
        odds=forecast.odds,
        one_offs=mix_of(plan_of(log.state).entries, log.state.all(Slice).values()).one_offs,
        minutes=sorted(taken)[len(taken) // 2] if taken else None,
        agree=all(agree) if agree else None,
    )


def _answer(ask: AskedFor) -> str:
    """What came of it, in a word or two."""
    if not ask.decisions:
        return "not answered"
    return {"plan": "yes", "done": "yes", "declined": "no"}.get(ask.item.state) or kind_words(ask.decisions[-1])
