"""The script of a play: which events came, which can come now, and what each one changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.edits import leaves
from scenarios.figures.sizes import Range
from scenarios.practice.case import Answer, Case, CaseEvent
from scenarios.practice.setting import item_records
from scenarios.requests.escalations import escalation_of
from scenarios.trade.proposals import propose_capacity, propose_sizes
from store.common.errors import Refused
from store.common.text import many, short
from store.records import Command, Customer, Decision, Item, Move, Person, Record, Request, State, Team, Wait, new_id
from store.records.negotiation import Claim, Commitment, DealEnd, Evidence
from store.records.practice import Said

#: The kind of what a play does by itself: undo passes over it, since nobody unhears what was said.
PRACTICE = "practice"
#: The kind of what was told to somebody: a step of those who play, like any other.
TOLD = "told"
#: What an event is for that comes after one answer alone.
_FOR: Mapping[Answer, str] = {"yes": "a yes", "no": "a no", "other": "what is neither yes nor no"}


@dataclass(frozen=True)
class Happening:
    """What an event does: one command, and a sentence for each thing that it could not do any more."""

    command: Command
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Script:
    """A case at a moment of its play. ``held`` events wait until somebody lets them go, ``skipped`` ones never come."""

    case: Case
    state: State
    held: Collection[str] = ()
    skipped: Collection[str] = ()

    @cached_property
    def came(self) -> frozenset[str]:
        """The keys of the events that came."""
        return frozenset(row.event for row in self.state.all(Said).values() if row.event)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """The items that are there, by title: of two of a name the first."""
        found: dict[str, Item] = {}
        for item in self.state.each(Item):
            found.setdefault(item.title, item)
        return found

    @property
    def left(self) -> tuple[CaseEvent, ...]:
        """The events that can still come by the clock or the key, in the order of the script."""
        return tuple(event for event in self._open if event.key not in self.not_sent)

    @property
    def _open(self) -> tuple[CaseEvent, ...]:
        gone = {*self.came, *self.skipped}
        return tuple(event for event in self.case.events if not event.asked and event.key not in gone)

    def open_event(self, key: str) -> CaseEvent | None:
        """The event of that key, where it did not come yet and nobody has to ask for it."""
        return next((event for event in self._open if event.key == key), None)

    @cached_property
    def not_sent(self) -> Mapping[str, str]:
        """By key, the events that cannot come as it was decided, and why; a decision that is taken back lets them."""
        found: dict[str, str] = {}
        for event in self._open:
            answer = self.answer_of(event.decided) if event.decided else None
            if None not in (answer, event.answer) and answer != event.answer:
                found[event.key] = f"it was for {_FOR[event.answer or 'other']}"
            elif event.after in found:
                found[event.key] = f"it comes after “{event.after}”, which was not sent"
        return found

    @property
    def not_sent_words(self) -> str:
        """How many events cannot come as it was decided, in a sentence; empty where all can."""
        reasons = Counter(self.not_sent.values())
        return " ".join(f"{many(count, 'event')} not sent: {reason}." for reason, count in reasons.items())

    @property
    def next(self) -> CaseEvent | None:
        """What comes next, with the key."""
        return next((event for event in self.left if event.key not in self.held and not self.waits_for(event)), None)

    def due(self, minutes: float) -> CaseEvent | None:
        """What comes by the clock after so many minutes: of several the earliest."""
        rows = [
            event
            for event in self.left
            if event.minute is not None
            and event.minute <= minutes
            and event.key not in self.held
            and not self.waits_for(event)
        ]
        return min(rows, key=lambda event: event.minute or 0, default=None)

    def waits_for(self, event: CaseEvent) -> str:
        """What has to happen before an event; empty where it can come."""
        if event.key in self.not_sent:
            return f"is not sent: {self.not_sent[event.key]}"
        if event.after and event.after not in self.came and event.after not in self.skipped:
            return f"comes after “{event.after}”"
        if event.decided:
            answer = self.answer_of(event.decided)
            if answer is None:
                return f"comes once “{short(event.decided, 60)}” is decided"
        return ""

    def answer_of(self, title: str) -> Answer | None:
        """How an item was decided in the play; None where it was not."""
        item = self.items.get(title)
        if item is None or not self._decided(item):
            return None
        return "yes" if item.state in ("plan", "done") else "no" if item.state == "declined" else "other"

    def _decided(self, item: Item) -> bool:
        before = {each.decided.at for each in self.case.items if each.decided is not None}
        moved = {row.decision_id for row in self.state.all(Move).values() if row.item_id == item.id}
        rows = self.state.all(Decision).values()
        return any((row.item_id == item.id or row.id in moved) and row.at not in before for row in rows)


# ------------------------------------------------------------------ what happens


def happens(script: Script, event: CaseEvent, at: datetime) -> Happening:
    """An event as one command; what it is about and is not there any more becomes a sentence, and the words come."""
    state, item = script.state, script.items.get(event.item)
    puts: list[Record] = []
    removes: tuple[Record, ...] = ()
    notes: list[str] = []
    item_id = item.id if item is not None else None
    if event.asks is not None:
        puts += (_at(record, at) for record in item_records(state, event.asks))
        item_id = next(record.id for record in puts if isinstance(record, Item))
    if event.item and item is None:
        gone = f"“{short(event.item, 60)}” is not in this workspace any more"
        notes.append(f"{gone}: the words came, and changed nothing.")
    elif item is not None:
        puts += _about_item(state, event, item, at)
        removes = tuple(_stops(state, event, item))
        puts += _sized(state, event, item, notes)
    if event.leaves is not None:
        puts += _left(state, event, notes)
    puts.append(
        Said(
            id=new_id(),
            at=at,
            kind=event.kind,
            event=event.key,
            who=event.who,
            to_whom=event.to,
            words=event.says,
            item_id=item_id,
        )
    )
    first = short(" ".join(event.says.split()), 100)
    return Happening(Command(PRACTICE, f"{event.who}: {first}", tuple(puts), removes), tuple(notes))


def _at(record: Record, at: datetime) -> Record:
    """A request comes when it comes."""
    return record.model_copy(update={"received_at": at}) if isinstance(record, Request) else record


def _about_item(state: State, event: CaseEvent, item: Item, at: datetime) -> Iterator[Record]:
    if event.kind in ("escalation", "louder"):
        yield escalation_of(item.id, event.who, event.to, at)
    if event.promise is not None:
        said = event.promise
        yield Commitment(id=new_id(), item_id=item.id, kind=said.kind, due=said.due, who=said.to, note=said.note)
    if event.evidence is not None:
        yield Evidence(id=new_id(), item_id=item.id, **event.evidence.model_dump())
    if event.claim is not None:
        rows = state.all(Claim).values()
        if not any(row.item_id == item.id and row.kind == event.claim for row in rows):
            yield Claim(id=new_id(), item_id=item.id, kind=event.claim)
    if event.deal is not None:
        asked = next((row for row in state.each(Request) if row.item_id == item.id), None)
        given = {f"deal_{key}": value for key, value in event.deal.model_dump(exclude_unset=True).items()}
        if asked is not None:
            yield asked.model_copy(update=given)
        else:
            yield Request(id=new_id(), item_id=item.id, received_at=at, asked_by=event.who, **given)
    if event.end is not None:
        row = next((row for row in state.each(DealEnd) if row.item_id == item.id), None)
        ended = event.end.model_dump()
        yield row.model_copy(update=ended) if row is not None else DealEnd(id=new_id(), item_id=item.id, **ended)


def _stops(state: State, event: CaseEvent, item: Item) -> Iterator[Record]:
    names = {row.name: row.id for row in state.each(Customer)}
    for row in state.each(Wait):
        if event.stops_waiting and (row.item_id, row.customer_id) == (item.id, names.get(event.stops_waiting)):
            yield row


def _sized(state: State, event: CaseEvent, item: Item, notes: list[str]) -> list[Record]:
    if not event.sizes:
        return []
    teams = {team.name: team.id for team in state.each(Team)}
    sizes = {teams[name]: Range(three[1], three[0], three[2]) for name, three in event.sizes.items() if name in teams}
    if len(sizes) < len(event.sizes) or item.state == "done":
        notes.append(f"“{short(item.title, 60)}” is done, or its team is not there any more: its size stays.")
        return []
    # Its other teams keep what they have.
    others = {
        row.team_id: Range(row.likely, row.low, row.high)
        for row in state.tables["sizes"].values()
        if row.item_id == item.id and row.team_id not in sizes
    }
    return list(propose_sizes(state, item.id, {**others, **sizes}).command.puts)


def _left(state: State, event: CaseEvent, notes: list[str]) -> list[Record]:
    """Somebody leaves, or a team has less: the plan stays, and what it lacks is an open shortfall."""
    said = event.leaves
    if said is None:
        return []
    if said.team:
        team = next((team for team in state.each(Team) if team.name == said.team), None)
        if team is None or said.weeks is None:
            notes.append(f"There is no team “{short(said.team, 60)}” any more: nothing changed.")
            return []
        return list(propose_capacity(state, {team.id: said.weeks}).command.puts)
    person = next((row for row in state.each(Person) if row.name == said.person), None)
    try:
        if person is None:
            raise Refused("nobody of that name is there")
        return list(leaves(CapacityDraft(state), person.id, said.last_day).command.puts)
    except Refused:
        notes.append(f"“{short(said.person, 60)}” is in no team any more, or left already: nothing changed.")
        return []


# ------------------------------------------------------------------ what those who play say


def ask_about(script: Script, item_id: int, who: str, at: datetime) -> Happening:
    """Ask for evidence about an item: what the case has for whoever asks comes, once; that it was asked stays known."""
    item = script.state.all(Item)[item_id]
    words = f"What do we know of “{short(item.title, 200)}”?"
    asked = Said(id=new_id(), at=at, kind="asked", who=who, words=words, item_id=item_id)
    gone = {*script.came, *script.skipped, *script.held}
    event = next(
        (each for each in script.case.events if each.asked and each.item == item.title and each.key not in gone), None
    )
    if event is None:
        label = f"{who} asked about “{short(item.title, 60)}”: nobody knows more"
        return Happening(Command(PRACTICE, label, (asked,)), ("Nobody knows more than what is there.",))
    found = happens(script, event, at)
    command = Command(PRACTICE, found.command.label, (asked, *found.command.puts), found.command.removes)
    return Happening(command, found.notes)


def tell(row: Said) -> Command:
    """What was told to somebody. Raises Refused where it says nothing to nobody."""
    if not row.to_whom:
        raise Refused("To whom was it told? Write sales, executives, account, or a name.", "to_whom")
    if not row.words and row.answer is None:
        raise Refused("What were they told? Write it as they heard it.", "words")
    said = f": {short(' '.join(row.words.split()), 100)}" if row.words else ""
    due = f", by {row.due.isoformat()}" if row.due is not None else ""
    return Command(TOLD, f"told {short(row.to_whom, 60)} {row.answer or ''}{due}{said}".replace("  ", " "), (row,))


# ------------------------------------------------------------------ what whoever leads writes


def written(row: Said) -> Command:
    """What somebody says whom whoever leads the play speaks for. Raises Refused where nobody says it, or nothing is."""
    if not row.who.strip():
        raise Refused("Who says it? Write a name.", "who")
    if not row.words:
        raise Refused("What do they say? Write it as they would.", "words")
    return Command(PRACTICE, f"{short(row.who, 60)}: {short(' '.join(row.words.split()), 100)}", (row,))
