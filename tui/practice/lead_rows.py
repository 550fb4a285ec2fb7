"""The rows of the script, for whoever leads a play: what is to come, what came, who plays whom, the deck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scenarios.figures.sizes import format_ew
from scenarios.practice.case import CaseEvent
from scenarios.practice.deck import Deck
from scenarios.practice.parts import players, same_name
from scenarios.practice.said_words import said_head
from scenarios.practice.script import Script
from store.common.text import short
from store.records import Item
from store.records.practice import Said
from store.sidecars.plays import PlayState
from tui.widgets.section_table import Cell, SectionRow

#: The kinds of the rows: an event by its place in the case, something that was said, a role, a question of the deck.
EVENT, SAID, ROLE, QUESTION = "event", "said", "role", "question"
_WHEN = 13


def lead_rows(script: Script, state: PlayState, deck: Deck) -> Sequence[SectionRow]:
    """All of them."""
    return [*_to_come(script), *_came(script), *_roles(script), *_questions(state, deck)]


def _head(words: str, *cells: Cell) -> SectionRow:
    return SectionRow("heading", heading=words, cells=cells)


def _to_come(script: Script) -> Iterator[SectionRow]:
    events = [(at, event) for at, event in enumerate(script.case.events) if event.key not in script.came]
    yield _head("TO COME" if events else "TO COME: nothing; the script is at its end")
    following = script.next
    for at, event in events:
        when, tone = _standing(script, event)
        now = event is following
        cells = (
            Cell(when, _WHEN, tone),
            Cell(f"{event.who}: {_line(event.says)}", 0, "text" if now else "muted" if tone == "muted" else "text"),
            Cell(_what(event), 44, "muted", least=150),
        )
        said = event.says.splitlines()
        if (player := _player(script, event)) is not None:
            said.append(f"{player} plays {event.who}: send it, or skip it and let them say it.")
        said += [f"It {does}." for does in (_what(event),) if does]
        said.append(_when(script, event))
        to = f", to {event.to}" if event.to else ""
        yield SectionRow(EVENT, at, cells, title=f"{event.who} ({event.kind}){to}", said=tuple(said), warns=False)


def _standing(script: Script, event: CaseEvent) -> tuple[str, str]:
    """How it stands with an event, in a word or two, and its tone."""
    if event.key in script.skipped:
        return "skipped", "muted"
    if event.key in script.held:
        return "held", "worse"
    if event.asked:
        return "if asked", "muted"
    if event.key in script.not_sent:
        return "not sent", "muted"
    if script.waits_for(event):
        return "waits", "muted"
    when = f"minute {event.minute}" if event.minute is not None else "by your key"
    return when, "text"


def _when(script: Script, event: CaseEvent) -> str:
    """When it comes, in a sentence."""
    waits = script.waits_for(event)
    if event.key in script.skipped:
        return "It was skipped, and never comes unless you send it."
    if event.key in script.held:
        return "It is held: it comes when you send it, or let it go."
    if event.asked:
        return f"It comes only to whoever asks about “{short(event.item, 60)}”. You may send it all the same."
    first = next((each for each in script.case.events if each.key == event.after), None)
    if waits and first is not None and first.key not in script.came:
        return f"It comes after {first.who}: “{short(_line(first.says), 60)}” You may send it all the same."
    if waits:
        return f"It {waits}. You may send it all the same."
    if event.minute is None:
        return "It comes when you send it: the clock does not."
    return f"It comes at minute {event.minute} of the clock, or when you send it."


def _player(script: Script, event: CaseEvent) -> str | None:
    """Who plays whoever says it; None where nobody does."""
    found = players(script.state)
    role = next((role for role in script.case.roles if same_name(role.who.split(",")[0], event.who)), None)
    return found[role.key].name if role is not None and role.key in found else None


def _what(event: CaseEvent) -> str:
    """What it is about and what it changes, after "it"; empty where it is words alone."""
    found = []
    if event.asks is not None:
        found.append(f"asks for “{short(event.asks.title, 60)}”")
    elif event.item:
        found.append(f"is about “{short(event.item, 60)}”")
    if event.leaves is not None:
        found.append(_lost(event))
    if event.evidence is not None:
        found.append("adds evidence")
    if event.sizes:
        found.append("sizes it anew")
    if event.promise is not None:
        found.append(f"promises it to {short(event.promise.to, 40)}")
    if event.deal is not None:
        found.append("changes the deal")
    if event.stops_waiting:
        found.append(f"ends that {short(event.stops_waiting, 40)} waits")
    if event.end is not None:
        found.append(f"says that the deal is {event.end.outcome}")
    return "; ".join(found)


def _lost(event: CaseEvent) -> str:
    left = event.leaves
    if left is None:
        return ""
    if left.team:
        return f"leaves {short(left.team, 40)} {format_ew(left.weeks or 0.0)} ew"
    return f"takes {short(left.person, 40)} away after {left.last_day.isoformat() if left.last_day else 'a day'}"


def _came(script: Script) -> Iterator[SectionRow]:
    rows = list(script.state.each(Said))
    if not rows:
        return
    yield _head("SAID SO FAR, the latest first")
    items: Mapping[int, Item] = script.state.all(Item)
    for row in sorted(rows, key=lambda row: row.id, reverse=True):
        head = said_head(row, items.get(row.item_id or 0))
        words = f"{row.who}: {_line(row.words)}" if row.kind not in ("asked", "told") else head
        cells = (Cell(f"{row.at.astimezone():%H:%M}", _WHEN, "muted"), Cell(words, 0, "muted"))
        yield SectionRow(SAID, row.id, cells, title=head, said=tuple(row.words.splitlines()))


def _roles(script: Script) -> Iterator[SectionRow]:
    found = players(script.state)
    yield _head("ROLES; each is taken at its own seat")
    for at, role in enumerate(script.case.roles):
        part = found.get(role.key)
        cells = (
            Cell(part.name if part is not None else "nobody", _WHEN, "text" if part is not None else "worse"),
            Cell(f"{role.who}, {role.name}"),
        )
        said = f"{part.name} plays this role." if part is not None else "Nobody plays this role yet."
        yield SectionRow(ROLE, at, cells, title=f"{role.who}, {role.name}", said=(said, "The brief is at that seat."))


def _questions(state: PlayState, deck: Deck) -> Iterator[SectionRow]:
    last = None
    for at, (group, question) in enumerate(deck.questions):
        if group is not last:
            yield _head(f"QUESTIONS: {group.title}")
            last = group
        shown = at == state.question
        when = "on screen" if shown else "asked" if at in state.asked else ""
        cells = (Cell(when, _WHEN, "better" if shown else "muted"), Cell(question.ask))
        yield SectionRow(QUESTION, at, cells, title=question.ask, said=(f"Listen for: {question.listen}",))


def _line(text: str) -> str:
    return " ".join(text.split())
