"""Work that came in and was done within the quarter, and was never in plan: offered as interrupts, taken when asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from store.common.engineer_weeks import format_ew
from store.common.text import many
from store.imports.finished import AS_YOU_SAY
from store.imports.issues.days import DayColumns
from store.imports.memory import Memory
from store.imports.progress.row_progress import RowProgress
from store.imports.references import references
from store.imports.report import Rejected
from store.imports.rows import cleaned, labels_apart
from store.imports.slices import SliceChooser
from store.imports.teams import TeamChooser
from store.records import Customer, Item, Record, RuleField, State, UnplannedWork, new_id

if TYPE_CHECKING:
    from store.imports.table import Row, Table

_BARE = "and does not say what it took, or of which unit that is"
_TEAMLESS = "of which no team here is named"
#: Less than this (ew) apart, two efforts are the same: a minute of a week.
_SAME = 5e-4
#: Less than this has two decimals.
_TENTH = 0.95


@dataclass(frozen=True)
class _Seen:
    """A row that may be one, and its place among those that are not taken."""

    place: int
    row: Row
    over: str
    key: str
    title: str
    day: date
    spent: float | None


class RowInterrupts:
    """Finds such rows among those that are not taken as items; ``puts`` are the records to write, once settled.

    A row is known by its key, without one by its title and day. What was taken away here stays away.
    """

    def __init__(
        self,
        state: State,
        table: Table,
        progress: RowProgress,
        teams: TeamChooser,
        slices: SliceChooser,
        memory: Memory,
    ) -> None:
        self._progress, self._teams, self._slices = progress, teams, slices
        self._memory, self._state = memory, state
        self._columns = progress.columns
        self._days = DayColumns(table, {}, None) if progress.runs else None
        self._here = {item.source_key or item.title: item for item in state.each(Item)} if progress.runs else {}
        self._seen: list[_Seen] = []
        self.puts: list[Record] = []
        #: how many could be taken, or are
        self.found = 0

    def see(self, row: Row, key: str, title: str, old: Item | None, place: int, reason: str) -> None:
        """A row that is not taken, for that reason, and its item where it has one here."""
        days, ends = self._days, self._progress.on
        if days is None or reason.endswith(AS_YOU_SAY) or (old is not None and old.state in ("plan", "done")):
            return
        over = self._progress.over.found(row.cells)
        if not over or not reason.startswith(over) or self._progress.dropped(row) or self._is_part(row):
            return
        found, starts = days.of(row), self._state.quarter.starts
        if found.created is None or found.finished is None or not starts <= found.created <= found.finished <= ends:
            return
        self._seen.append(_Seen(place, row, over, key, title, found.finished, self._progress.spent(row)))

    def _is_part(self, row: Row) -> bool:
        """Whether it is a step of what is in plan here, or was: then its time is that item's."""
        names = (name for each in references(self._columns, row.cells, "parent") for name in each)
        return any((item := self._here.get(name)) is not None and item.state in ("plan", "done") for name in names)

    def settle(self, rejected: list[Rejected], *, taken: bool) -> Iterable[str]:
        """What to say, once all rows were seen and all teams are known; each row's reason says what became of it."""
        offered, nothing = list[float](), dict[str, int]()
        for one in self._seen:
            found = self._found(one)
            if isinstance(found, UnplannedWork):
                offered.append(found.effort)
                team = next(each.name for each in self._teams.all if each.id == found.team_id)
                what = "taken as an interrupt" if taken else "an interrupt, which --interrupts takes"
                words = f"{what}: {_effort(found.effort)} of {team}"
                self.puts += [found] if taken else []
            else:
                words = found
                nothing[words] = nothing.get(words, 0) + 1
            old = rejected[one.place]
            rejected[one.place] = Rejected(old.line, old.title, f"{one.over}; {words}")
        self.found = len(offered)
        if offered:
            rows = many(len(offered), "row that is over was", "rows that are over were")
            ew = _effort(sum(offered))
            what = "taken as interrupts" if taken else "--interrupts takes that as interrupts"
            yield f"{rows} made and done within the quarter and never in plan ({ew}): {what}."
        for why in (_BARE, _TEAMLESS):
            if count := nothing.get(why):
                yield f"{many(count, 'row', 'rows')} came in and went within the quarter, {why}: makeroom interrupt."

    def _found(self, one: _Seen) -> UnplannedWork | str:
        """The record that a row comes to; in words, why there is none to write."""
        old = self._known.get(one.key) if one.key else self._known.get((one.title, one.day))
        if old is not None:
            # One that people told here is known by its title, and stays as they told it.
            if not one.spent or not one.key or abs(old.effort - one.spent) < _SAME:
                return "it is here as an interrupt"
            return old.model_copy(update={"effort": one.spent, "day": one.day})
        if not one.spent:
            return _BARE
        team = self._teams.sure(cleaned(self._columns, one.row.cells, "team"))
        if team is None:
            return _TEAMLESS
        if (one.key or (one.title, one.day)) in self._taken_away:
            return "it was taken away here as an interrupt"
        return self._made(one, team.id)

    def _made(self, one: _Seen, team_id: int) -> UnplannedWork:
        columns, cells = self._columns, one.row.cells
        labels, parts = (labels_apart(cleaned(columns, cells, each)) for each in ("label", "component"))
        kinds: Mapping[RuleField, list[str]] = {
            "type": cleaned(columns, cells, "type"),
            "label": labels,
            "component": parts,
        }
        names = {name.casefold() for name in columns.cells(cells, "customer")}
        customers = (each.id for each in self._state.each(Customer) if each.name.casefold() in names)
        return UnplannedWork(
            id=new_id(),
            team_id=team_id,
            day=one.day,
            effort=one.spent or 0.0,
            title=one.title,
            source=one.key,
            customer_id=next(customers, None),
            slice=self._slices.ruled(kinds),
        )

    @cached_property
    def _known(self) -> Mapping[object, UnplannedWork]:
        """The interrupts that are here, by key, without one by title and day."""
        return {_name(each.source, each.title, each.day): each for each in self._state.each(UnplannedWork)}

    @cached_property
    def _taken_away(self) -> Collection[object]:
        """Those that an import brought and that are no longer here."""
        here = self._state.all(UnplannedWork)
        changes = self._memory.imported(UnplannedWork.table)
        gone = [change.after for change in changes if change.after is not None and change.id not in here]
        return {_name(str(row["source"]), str(row["title"]), date.fromisoformat(str(row["day"]))) for row in gone}


def _name(source: str, title: str, day: date) -> object:
    return source or (title, day)


def _effort(ew: float) -> str:
    return f"{format_ew(ew)} ew" if ew >= _TENTH else f"{ew:.2f} ew"
