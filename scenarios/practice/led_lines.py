"""What a debrief says of a play that was led: what was held, skipped and written on the spot, and which questions were
asked. What was held and skipped is in no journal: these lines quote no moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from scenarios.practice.case import CaseEvent
from scenarios.practice.debrief import Debrief, DebriefLine, quote_of
from scenarios.practice.parts import LEAD, players
from scenarios.practice.play_log import PlayLog
from scenarios.practice.said_words import said_kind
from store.common.text import short
from store.records.practice import Part, Said

_TOPIC = "led"


@dataclass(frozen=True)
class Led:
    """How a play was led: the keys of the events that were ``held`` at some time, and ``skipped``; ``questions`` of the
    deck as they were asked."""

    held: Collection[str] = ()
    skipped: Collection[str] = ()
    questions: Sequence[str] = ()


def led_debrief(debrief: Debrief, log: PlayLog, led: Led) -> Debrief:
    """The same debrief, with how the script was led."""
    return replace(debrief, lines=(*debrief.lines, *_lines(log, led)))


def _lines(log: PlayLog, led: Led) -> Iterator[DebriefLine]:
    found = False
    came = {row.event: row for row in log.said if row.event}
    for event in log.case.events:
        if event.key in led.skipped:
            found = True
            yield DebriefLine(_TOPIC, f"Skipped, and never said: {_words(event)}")
        elif event.key in led.held:
            found = True
            row = came.get(event.key)
            if row is None:
                yield DebriefLine(_TOPIC, f"Held, and never sent: {_words(event)}")
            else:
                yield _quoting(log, f"Held, and sent later: {_words(event)}", row)
    for row in log.said:
        if not row.event and row.kind == "news" and log.seq(row) in log.by_script:
            found = True
            yield _quoting(log, f"Written on the spot: {row.who} {said_kind(row)}: {_clipped(row.words)}", row)
    if not found:
        yield DebriefLine(_TOPIC, "Nothing was held, skipped or written on the spot.")
    for question in led.questions:
        yield DebriefLine(_TOPIC, f"The room was asked: {question}")
    parts = players(log.state)
    cast = [f"{parts[role.key].name} as {role.who}" for role in log.case.roles if role.key in parts]
    yield DebriefLine(_TOPIC, f"{', then '.join(_leaders(log))} led; {', '.join(cast) or 'nobody took a role'}.")


def _leaders(log: PlayLog) -> list[str]:
    """Who led, one after the other."""
    rows = [change.after for step in log.steps for change in step.changes if change.table == Part.table]
    names = [str(row["name"]) for row in rows if row is not None and row["role"] == LEAD]
    return names or ["Nobody"]


def _quoting(log: PlayLog, words: str, row: Said) -> DebriefLine:
    seq = log.seq(row)
    return DebriefLine(_TOPIC, words, seq or None, quote_of(log, seq))


def _words(event: CaseEvent) -> str:
    return f"{event.who}: {_clipped(event.says)}"


def _clipped(words: str) -> str:
    return short(" ".join(words.split()), 90)
