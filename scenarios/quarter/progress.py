"""What somebody tells of how far items are, checked, as one change; and what it does to the odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scenarios.figures.sizes import Range, format_ew, format_range
from scenarios.figures.teams import teams_of
from scenarios.plan.plan import Entry, Plan, entry_of
from scenarios.plan.progress import day_words, require_day
from store.common.errors import Refused
from store.common.text import many, short
from store.records import Command, Progress, Record, Size, State, new_id

#: So many items are named in the words of a change, and so much of each title.
_NAMED, _TITLE = 5, 60
#: Less than this (ew) apart, two efforts are the same.
_SAME = 1e-9
_IN_PLAN = {"below": "below the line", "inbox": "in the inbox", "declined": "declined", "done": "done"}


@dataclass(frozen=True)
class ToldItem:
    """What is told of an item: of one team's part (``team_id``), else of all of it.

    ``spent`` is in ew, since its start; ``left`` is what is left, estimated anew; ``tenths`` (1 to 9) is how much of it
    is done. What is done ends on ``done_on``, and took what was spent. None: nothing is told of that.
    """

    item_id: int
    team_id: int | None = None
    spent: float | None = None
    left: Range | None = None
    tenths: int | None = None
    started_on: date | None = None
    done_on: date | None = None
    reopen: bool = False

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all."""
        return not self.reopen and all(
            value is None for value in (self.spent, self.left, self.tenths, self.started_on, self.done_on)
        )


@dataclass(frozen=True)
class ToldProgress:
    """A change of progress, and what should be said of it besides."""

    command: Command
    notes: tuple[str, ...] = ()


def tell_progress(state: State, on: date, told: Sequence[ToldItem], because: str = "", by: str = "") -> ToldProgress:
    """How far items in plan are as the work of the day ``on`` begins; without any, that nothing is new until then.

    What is told twice changes nothing. ``because`` is the reason that less was spent than was told before, or that
    what was done is not; ``by`` who told. Raises :class:`Refused` where something cannot be so.
    """
    quarter = state.quarter
    require_day(quarter, on)
    if quarter.progress_on is not None and on < quarter.progress_on:
        raise Refused(
            f"progress is known as of {quarter.progress_on}, and {on} lies before it: is the clock right? Say "
            f"--on {quarter.progress_on} or a later day, or take back what was told since (makeroom undo)"
        )
    rows = {(row.item_id, row.team_id): row for row in state.each(Progress)}
    after = dict(rows)
    notes: list[str] = []
    words: dict[str, None] = {}
    for one in told:
        entry = _planned(state, one)
        title = short(entry.item.title, _TITLE)
        sizes = _sizes(state, entry, one)
        for size in sizes:
            key = entry.item.id, size.team_id
            part = _Part(title, size, after.get(key), on, quarter.starts, because)
            after[key] = found = part.told(one)
            most = size.likely if size.high is None else size.high
            if found.done_on is None and found.spent > most + _SAME and found.left is None:
                named = "its size" if size.high is None else "its high size"
                notes.append(
                    f"“{title}”: {format_ew(found.spent)} ew spent is more than {named} of {format_ew(most)} ew: say "
                    "what is left"
                )
        words[_said(title, one)] = None
    puts: list[Record] = [row for key, row in after.items() if rows.get(key) != row]
    if quarter.progress_on != on:
        puts.append(quarter.model_copy(update={"progress_on": on}))
    said = "; ".join(list(words)[:_NAMED]) + (f"; and {len(words) - _NAMED} more" if len(words) > _NAMED else "")
    label = f"progress of {day_words(on)}: {said or 'nothing new'}"
    label += f" ({by.strip()})" * bool(by.strip()) + f", because {because.strip()}" * bool(because.strip())
    return ToldProgress(Command("progress", label, tuple(puts)), tuple(dict.fromkeys(notes)))


def others_words(plan: Plan, told: Sequence[ToldItem], on: date) -> str:
    """What is said of the items in plan of which nothing is told where the figures go on to the day ``on``; empty where
    they do not, or where all are told of or done."""
    if plan.quarter.progress_on == on:
        return ""
    named = {one.item_id for one in told}
    others = [entry for entry in plan.entries if entry.item.id not in named and not entry.done]
    if not others or not named:
        return ""
    unbegun = sum(not entry.started for entry in others)
    said = f"{many(len(others), 'other item')} in plan count{'s' * (len(others) == 1)} as known before"
    begun = f", {unbegun} of them as not begun" if unbegun and len(others) > 1 else ", as not begun" if unbegun else ""
    return f"{said}{begun}, with the weeks until {day_words(on)} gone: record what moved, too"


@dataclass(frozen=True)
class _Part:
    """One team's part of an item as it was known, beside what is told of it now."""

    title: str
    size: Size
    known: Progress | None
    on: date
    starts: date
    because: str

    @property
    def earlier(self) -> float:
        """What earlier quarters spent on it, in ew."""
        return self.known.earlier if self.known is not None else 0.0

    def told(self, told: ToldItem) -> Progress:
        """The record after what is told. Raises :class:`Refused` where that cannot be."""
        found = self._row(told)
        return found.model_copy(update={"told_on": self.on, "carried": min(found.spent, self.earlier)})

    def _row(self, told: ToldItem) -> Progress:
        known = self.known or Progress(id=new_id(), item_id=self.size.item_id, team_id=self.size.team_id, spent=0.0)
        if told.reopen:
            known = self._reopened(known)
        if known.done_on is not None and (told.left is not None or told.tenths is not None):
            raise Refused(f"“{self.title}” was done on {known.done_on}: open it again first (--reopen --because WHY)")
        if told.started_on is not None:
            self._require_past(told.started_on, "starts")
            known = known.model_copy(update={"started_on": told.started_on})
        if told.spent is not None:
            self._require_not_less(known, told.spent)
            known = known.model_copy(update={"spent": told.spent, "counted": True})
        if told.tenths is not None:
            known = known.model_copy(update=self._tenths(known, told.tenths, told.spent is not None))
        if told.left is not None:
            left = {"left_low": told.left.low, "left": told.left.likely, "left_high": told.left.high}
            known = known.model_copy(update=left)
        return self._done(known, told.done_on) if told.done_on is not None else known

    def _reopened(self, known: Progress) -> Progress:
        if known.done_on is None:
            raise Refused(f"“{self.title}” is not done: there is nothing to open again")
        if not self.because.strip():
            raise Refused(f"“{self.title}” was done on {known.done_on}: say why it is open again (--because WHY)")
        # What nobody counted was its likely size, for want of a figure: of what goes on that is none.
        spent = known.spent if known.counted else self.earlier
        return known.model_copy(update={"done_on": None, "counted": True, "spent": spent})

    def _require_not_less(self, known: Progress, spent: float) -> None:
        if spent >= known.spent - _SAME or (known.done_on is not None and not known.counted):
            return
        if spent < self.earlier - _SAME:
            raise Refused(
                f"“{self.title}”: {format_ew(self.earlier)} ew were spent on it in earlier quarters, so at least that, "
                f"not {format_ew(spent)}: what is spent counts from its start"
            )
        if not self.because.strip():
            raise Refused(
                f"“{self.title}”: {format_ew(known.spent)} ew were spent already, and {format_ew(spent)} is less: say "
                "why (--because WHY)"
            )

    def _tenths(self, known: Progress, tenths: int, counted: bool) -> dict[str, float | None]:
        """So that spent is as many tenths of spent and left together."""
        if not 1 <= tenths <= 9:
            raise Refused(f"“{self.title}”: tenths done are 1 to 9, not {tenths}; all of it is done (--done)")
        share = tenths / 10
        spent = known.spent if counted else max(known.spent, share * self.size.likely)
        by_size = share * self.size.likely
        # As much as the likely size says so far leaves what that says, too.
        left = None if abs(spent - by_size) < _SAME else (spent or by_size) * (1 - share) / share
        return {"spent": spent, "left_low": None, "left": left, "left_high": None}

    def _done(self, known: Progress, done_on: date) -> Progress:
        self._require_past(done_on, "was done")
        if done_on < self.starts:
            raise Refused(f"“{self.title}” cannot have been done on {done_on}: the quarter begins on {self.starts}")
        counted = known.spent > self.earlier + _SAME or (known.done_on is not None and known.counted)
        spent = known.spent if counted else max(known.spent, self.size.likely)
        over = {"left_low": None, "left": None, "left_high": None}
        return known.model_copy(update={"done_on": done_on, "spent": spent, "counted": counted, **over})

    def _require_past(self, day: date, what: str) -> None:
        if day > self.on:
            raise Refused(f"“{self.title}” {what} on {day}, which is still to come on {self.on}")


def _planned(state: State, told: ToldItem) -> Entry:
    entry = entry_of(state, told.item_id)
    title = short(entry.item.title, _TITLE)
    if told.empty:
        raise Refused(f"nothing is said of “{title}”: what was spent, what is left, how many tenths are done, or done")
    if entry.item.state != "plan":
        raise Refused(
            f"“{title}” is not in plan but {_IN_PLAN[entry.item.state]}: its progress counts once it is in plan; what "
            "it took meanwhile is an interrupt (makeroom interrupt)"
        )
    return entry


def _sizes(state: State, entry: Entry, told: ToldItem) -> tuple[Size, ...]:
    """The parts that are meant. Raises :class:`Refused` where that is not clear."""
    if told.team_id is not None:
        found = tuple(size for size in entry.sizes if size.team_id == told.team_id)
        if found:
            return found
        name = next(team.name for team in teams_of(state) if team.id == told.team_id)
        raise Refused(f"“{short(entry.item.title, _TITLE)}” has no part of {name}: it is of {_teams(state, entry)}")
    if len(entry.sizes) > 1 and (told.spent is not None or told.left is not None):
        raise Refused(
            f"“{short(entry.item.title, _TITLE)}” is of several teams: say whose part (--team), of "
            f"{_teams(state, entry)}"
        )
    if told.reopen:
        ended = {each.team_id for each in entry.progress if each.done}
        return tuple(size for size in entry.sizes if size.team_id in ended) or entry.sizes
    if told.tenths is not None or told.started_on is not None:
        # Of an item of several teams, what one has done already stays so.
        return tuple(size for size in entry.sizes if not entry.progress_of(size.team_id).done) or entry.sizes
    return entry.sizes


def _teams(state: State, entry: Entry) -> str:
    names = {team.id: team.name for team in teams_of(state)}
    return " and ".join(short(names[size.team_id], _TITLE) for size in entry.sizes)


def _said(title: str, told: ToldItem) -> str:
    parts = ["open again"] if told.reopen else []
    if told.spent is not None:
        parts.append(f"{format_ew(told.spent)} ew spent")
    if told.tenths is not None:
        parts.append(f"{told.tenths} tenths done")
    if told.left is not None:
        parts.append(f"{format_range(told.left)} ew left")
    if told.done_on is not None:
        parts.append(f"done {day_words(told.done_on)}")
    if told.started_on is not None:
        parts.append(f"started {day_words(told.started_on)}")
    return f"“{title}” {', '.join(parts)}"
