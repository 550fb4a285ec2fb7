"""What an import would change: every row of a table is new, an update, unchanged, or not taken with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial, reduce
from operator import add
from typing import TYPE_CHECKING

from store.common.text import clean
from store.database.watch import NOBODY, Watch
from store.imports.accounts.told_revenue import with_told_revenue
from store.imports.accounts.waiting_customers import Waiting
from store.imports.columns import ColumnMap
from store.imports.errors import ImportOptionError, RateNeededError, UnitNeededError
from store.imports.estimates import Estimate, EstimateError, NoRateError, Rates, parse_estimate
from store.imports.finished import AS_YOU_SAY, Over
from store.imports.formats import columns_of
from store.imports.formats.headers import Headings
from store.imports.formats.team_columns import sizes_by_team
from store.imports.guesses import guess_columns
from store.imports.history import history_in
from store.imports.links import Links
from store.imports.markup import plain_title
from store.imports.memory import Memory, NoMemory
from store.imports.notes import Notes
from store.imports.options import ImportOptions, Mend, TeamWish
from store.imports.parents import SameTitles, held_twice, key_by_parent, same_titles
from store.imports.progress.row_interrupts import RowInterrupts
from store.imports.progress.row_progress import STAYS, RowProgress
from store.imports.report import NO_TITLE, Conflict, Gone, ImportPlan, Kept, New, Rejected, Update, shown_size
from store.imports.row_sizes import RowSizes, Sized
from store.imports.rows import Details, NoItems, RowDetails, no_work
from store.imports.slices import SliceChooser
from store.imports.surprises import loads_of, status_counts, surprises
from store.imports.table import too_many_cells, with_next
from store.imports.teams import TeamChooser
from store.imports.updates import Updates, what_differs
from store.records import Item, Record, Shirt, Size, State, Team, new_id
from store.records.draws import new_draw

if TYPE_CHECKING:
    from store.imports.table import Row, Table

#: of a row that nobody has mended
NOTHING = Mend()
MAX_TITLE = 20_000
MAX_KEY = 200
_ITEM, _SIZE = (dict.fromkeys(kind.columns()) | kind.defaults() for kind in (Item, Size))


def rates_of(state: State, options: ImportOptions | None = None) -> Rates:
    """What points, hours and T-shirts are in engineer-weeks, as the options say, else as the workspace remembers."""
    info, options = state.workspace, options or ImportOptions()
    return Rates(
        options.points_per_ew or info.points_per_ew,
        options.hours_per_ew or info.hours_per_ew,
        {shirt.letter.upper(): (shirt.low, shirt.likely, shirt.high) for shirt in state.each(Shirt)},
    )


def plan_import(
    state: State,
    table: Table,
    options: ImportOptions | None = None,
    memory: Memory | None = None,
    watch: Watch = NOBODY,
) -> ImportPlan:
    """What importing a table would change in a workspace; nothing is written. ``memory`` (a
    :class:`~store.workspace.workspace.Workspace` is one) tells what earlier imports wrote.

    Raises :class:`~store.imports.errors.RateNeededError` when estimates are in points or hours and no rate is known,
    and :class:`~store.imports.errors.ImportOptionError` when another option is missing or means nothing.
    """
    return _Merge(state, table, options or ImportOptions(), memory or NoMemory(), watch).plan()


class _Merge:
    """One import on its way: what is there already, what was seen in the file, what is to be written."""

    def __init__(self, state: State, table: Table, options: ImportOptions, memory: Memory, watch: Watch) -> None:
        self.state = state
        self.memory = memory
        self.watch = watch
        self.table = table
        self.options = options
        names = {team.name for team in state.each(Team)} | {wish.name for wish in options.teams}
        self.columns: ColumnMap = columns_of(
            table, options.columns, ignored=options.ignored, decimal=options.decimal, teams=names
        )
        self.title_cell, self.key_cell = self.columns.reader("title"), self.columns.reader("key")
        self.rates = rates_of(state, options)
        self.over = Over(self.columns, table.rows, options)
        self.slices = SliceChooser(state, options.rules)
        self.teams = TeamChooser(state, options.teams)
        self.notes = Notes(self.columns, table, options.dates)
        self.details = RowDetails(self.columns, self.notes)
        self.row_sizes = RowSizes(self.columns, self.rates)
        self.no_items = NoItems(self.columns, table.rows)
        self.no_work = self.columns.alike(("type",), partial(no_work, self.columns))
        self.next_rank = max((item.rank for item in state.all(Item).values()), default=0.0)
        self.draws = {item.draw for item in state.all(Item).values()}
        #: key, and title of rows without one -> the line
        self.seen: dict[str, int] = {}
        self.seen_titles: dict[str, int] = {}
        #: how many rows have an estimate in a column that does not say its unit, by its position; None: in others
        self.units: Counter[int | None] = Counter()
        self.by_key: dict[str, Item] = {}
        self.by_title: dict[str, Item] = {}
        self.sizes: dict[int, list[Size]] = {}
        self._index()
        self.updates = Updates(options, memory)
        self.links = Links(self.columns, state)
        self.progress = RowProgress(state, table, self.over, options, memory, self.rates)
        self.interrupts = RowInterrupts(state, table, self.progress, self.teams, self.slices, memory)
        self.waiting = Waiting(state, memory, self._customer_cells())
        self.held_twice: Mapping[int, str] = {}
        self.same_titles: Collection[str] = ()
        #: the number of a row -> why it is left as over; None where nobody has looked yet
        self.reasons: dict[int, str] | None = None
        #: items that the file has rows for, taken or not
        self.mentioned: set[int] = set()
        self.mends = options.mends
        self.hidden = frozenset[int]() if options.include_hidden else table.hidden
        self.matched: list[Item] = []
        self.conflicts: list[Conflict] = []
        self.puts: list[Record] = []
        self.new: list[New] = []
        self.updated: list[Update] = []
        self.kept: list[Kept] = []
        self.rejected: list[Rejected] = []
        self.same: list[tuple[int, int]] = []

    def _index(self) -> None:
        """Find what is there by key, and by title for rows without one."""
        for item in self.state.each(Item):
            if item.source_key:
                self.by_key.setdefault(item.source_key, item)
            # An item that was made here has no key and no source: in makeroom's own table it is known by its title.
            if self.columns.dialect.own and not item.source_key:
                self.by_title.setdefault(item.title, item)
            # Rows without a key may mean an item that came with one only if the file has no keys at all.
            elif item.source_title and (not item.source_key or "key" not in self.columns.at):
                self.by_title.setdefault(item.source_title, item)
        for size in self.state.each(Size):
            self.sizes.setdefault(size.item_id, []).append(size)

    def _customer_cells(self) -> Iterator[str]:
        if "customer" in self.columns.at:
            for row in self.table.rows:
                yield from self.columns.cells(row.cells, "customer")

    def plan(self) -> ImportPlan:
        """All rows, then what they need around them."""
        if self.options.parents == "auto":
            self.held_twice = held_twice(self.columns, self._not_over())
        else:
            self.same_titles = same_titles(self.columns, self.table.rows)
        heads = Headings(self.table.header)
        rows = with_next(self.watch.over("comparing", self.table.rows, len(self.table.rows)))
        for at, (row, after) in enumerate(rows):
            self._take(at, row, heading=heads.is_one(row, after))
        self._require_unit()
        self.links.settle(self.memory)
        if self.new:
            # Even a backlog without sizes needs a team to plan with.
            _ = self.teams.default
        self.notes.mended(self.mends, self.table)
        self.notes.around(self.teams, self.slices, self.new)
        self.notes.linked(self.links, self.waiting)
        self.notes.statuses(self.over)
        self.notes.how_far(self.progress.read, self.progress.notes)
        self.notes.more(self.interrupts.settle(self.rejected, taken=self.options.interrupts))
        accounts = with_told_revenue(self.state, self.table, self.columns, self.waiting.puts, self.notes, self.options)
        gone = self._gone()
        finished = self._history()
        loads = loads_of(self.state, (*self.teams.puts, *self.puts))
        return ImportPlan(
            source=self.table.name,
            new=tuple(self.new),
            updated=tuple(self.updated),
            kept=tuple(self.kept),
            unchanged=len(self.same),
            rejected=tuple(self.rejected),
            notes=tuple(self.notes.all()),
            puts=(
                *self._remembered(),
                *self.teams.puts,
                *self.slices.puts,
                *self.puts,
                *self.progress.puts,
                *self.interrupts.puts,
                *accounts,
                *self.links.puts,
                *finished,
            ),
            conflicts=tuple(self.conflicts),
            gone=gone,
            format=self.columns.dialect.words,
            counted=self.table.counted,
            same=tuple(self.same),
            warnings=tuple(surprises(self.state, self.columns, self.new, self.puts, loads)),
            statuses=status_counts(self.over),
            loads=loads,
            teams=self.teams.of_file,
            columns=guess_columns(
                self.table, self.options.columns, self.options, self.rates, self.columns, self.progress.read
            ),
            interrupts=self.interrupts.found,
        )

    def _history(self) -> tuple[Record, ...]:
        """What finished rows teach, where they say what they were estimated at and what they took: offered, or taken.

        Teams that the import makes are there already for it.
        """
        made = (*self._remembered(), *self.teams.puts)
        found = history_in(self.state, made, self.table, self.options, self.notes.more)
        if found is None:
            return ()
        self.notes.history(found, taken=self.options.history)
        return found.puts if self.options.history else ()

    def _not_over(self) -> Iterator[tuple[int, Row]]:
        """The rows, numbered, whose work is not over; why others are left is kept, and titles that repeat are noted."""
        self.reasons = {}
        titles = SameTitles(self.columns)
        for at, row in enumerate(self.table.rows):
            titles.see(row)
            taken = self.mends.get(row.line, NOTHING).taken
            reason = self.over.reason(row.cells) if taken is None else "" if taken else AS_YOU_SAY
            if reason:
                self.reasons[at] = reason
            elif taken or row.line not in self.hidden:
                yield at, row
        self.same_titles = titles.found()

    def _require_unit(self) -> None:
        """Raise where a column does not say what it counts, and more rows hang on that than do not."""
        others = self.units.pop(None, 0)
        if self.units and self.units.total() > others:
            raise UnitNeededError(f'"{self.table.header[max(self.units, key=self.units.__getitem__) or 0]}"')

    def _remembered(self) -> list[Record]:
        """The workspace's row, if the user gave a rate that it does not hold yet."""
        info = self.state.workspace
        new = info.model_copy(
            update={
                "points_per_ew": self.options.points_per_ew or info.points_per_ew,
                "hours_per_ew": self.options.hours_per_ew or info.hours_per_ew,
            }
        )
        return [new] if new != info else []

    def _take(self, at: int, row: Row, *, heading: bool) -> None:
        """One row, and which it is: into one of the lists; a ``heading`` is none."""
        called = clean(plain_title(self.title_cell(row.cells)))
        key = clean(self.key_cell(row.cells))
        if not key and called in self.same_titles:
            key = key_by_parent(self.columns, row, called)
        old = self.by_key.get(key) if key else self.by_title.get(called)
        if old is not None:
            self.mentioned.add(old.id)
        mend = self.mends.get(row.line, NOTHING)
        title = mend.title or called
        if reason := self._refusal(at, row, title, key, old, heading, mend.taken):
            closed = self._progress(row, old, reason) if old is not None else []
            if old is not None and closed:
                self.updated.append(Update(row.line, old.id, old.title, "", "", "", tuple(closed)))
            else:
                self.interrupts.see(row, key, title, old, len(self.rejected), reason)
                self.rejected.append(Rejected(row.line, title or key, reason))
            return
        (self.seen if key else self.seen_titles)[key or title] = row.line
        self.over.count(row.cells, over=False)
        if old is not None:
            self.matched.append(old)
        sized = self.row_sizes.of(row.cells)
        if not mend.size:
            if sized.zero:
                self.notes.zeros.append(row.line)
            if sized.unread:
                self.notes.unread_sizes[row.line] = sized.unread
            no_unit = sized.no_unit if sized.estimate is None else None
            self.units[no_unit] += sized.estimate is not None or bool(sized.raw)
        if old is None:
            item_id = self._add(row, called, key, sized, mend)
        else:
            item_id = old.id
            self._update(row, called, old, sized, mend)
        if self.links.wanted:
            self.links.add(row, item_id, key, (clean(self.columns.cell(row.cells, "id")), title))

    def _refusal(
        self, at: int, row: Row, title: str, key: str, old: Item | None, heading: bool, said: bool | None
    ) -> str:
        """Why a row is not taken; empty if it is. ``said``: whether somebody says of this very row that it is taken."""
        width = len(self.table.header)
        if said is False:
            self.over.count(row.cells, over=True)
            return AS_YOU_SAY.replace("which ", "")
        if not said and len(row.cells) > width and any(cell.strip() for cell in row.cells[width:]):
            return too_many_cells(row.cells, width, self.table.delimiter)
        if not title:
            return NO_TITLE
        if len(title) > MAX_TITLE:
            return f"the title has {len(title):,} characters; at most {MAX_TITLE:,} are taken"
        if len(key) > MAX_KEY:
            return f"the key has {len(key):,} characters; at most {MAX_KEY} are taken"
        if said:
            return self._twice(title, key)
        if row.line in self.hidden:
            return "is hidden in the sheet (--include-hidden takes such rows)"
        if heading:
            return "is a heading within the table, and no item"
        if none := self.no_items.reason(at, row, title, key):
            return none
        if why := self.no_work.of(row.cells):
            return why
        if twice := self._twice(title, key):
            return twice
        reasons = self.reasons
        if over := self.over.reason(row.cells) if reasons is None else reasons.get(at, ""):
            self.over.count(row.cells, over=True)
            if old is not None:
                return f"{over}{STAYS}"
            return over if over.endswith(AS_YOU_SAY) else f"{over} (--include-done takes such rows too)"
        # What came in before goes on being compared, whatever its file has made of it since.
        return self.held_twice.get(at, "") if old is None else ""

    def _twice(self, title: str, key: str) -> str:
        """Why a row is not taken that the file has already; empty where it has not."""
        if key in self.seen:
            return f"has the same key as {self.table.counted} {self.seen[key]}: {key}"
        if not key and title in self.seen_titles:
            return f"has the same title as {self.table.counted} {self.seen_titles[title]}, and no key tells them apart"
        return ""

    def _add(self, row: Row, called: str, key: str, sized: Sized, mend: Mend) -> int:
        """A new item below the line, after those that are there, in the order of the file; what is mended counts, and
        what the file ``called`` it is remembered."""
        details = self.details.of(row)
        title = mend.title or called
        self.next_rank += 1
        draw = new_draw(called or title, key, self.draws)
        self.draws.add(draw)
        estimate = self._mended_size(row.line, mend) if mend.size else sized.estimate
        ours = self.teams.wished(TeamWish(mend.team)) if mend.team else None
        unread = self.notes.unread_sizes
        apart = sizes_by_team(self.columns, row, self.rates, unread) if not (mend.size or mend.team) else ()
        # There is no size for it yet: the team waits for it.
        waits = (ours or self.teams.named(details.teams)) if estimate is None and not apart else None
        # The store checks what is written, as it does with every record: looking at each twice would take as long as
        # all else that is done with a row.
        item = Item.unchecked(
            {
                **_ITEM,
                "id": new_id(),
                "title": title,
                "slice": self.slices.choose(details.kinds, details.slice),
                "rank": self.next_rank,
                "draw": draw,
                "owner": details.owner,
                "note": details.note,
                "value": details.value,
                "priority": details.priority,
                "due": details.due,
                "customer_title": details.customer_title,
                "source_key": key or None,
                "source_title": called or title,
                "source_size": sized.text,
                "team_id": None if waits is None else waits.id,
            },
        )
        self.puts.append(item)
        if apart:
            # Two of the file's teams may be one of ours: the item has one size for each of ours.
            by_team: dict[int, Estimate] = {}
            for name, part in apart:
                team_id = self.teams.choose([name], ()).id
                by_team[team_id] = by_team[team_id] + part if team_id in by_team else part
            self.puts += [self._size(item.id, team_id, both) for team_id, both in by_team.items()]
        elif estimate is not None:
            self.puts.append(self._size(item.id, (ours or self._team(details)).id, estimate))
        self.progress.see_unplanned(row)
        size = "; ".join(f"{name} {one}" for name, one in apart) if apart else shown_size(estimate)
        self.new.append(New(row.line, key, title, item.slice, size))
        self.waiting.add(item.id, self.columns.cells(row.cells, "customer"))
        return item.id

    def _mended_size(self, line: int, mend: Mend) -> Estimate | None:
        """The estimate that somebody gives a row. Raises ImportOptionError, and RateNeededError."""
        try:
            return parse_estimate(mend.size, "weeks", self.rates)
        except NoRateError as missing:
            raise RateNeededError(missing.unit, f"set for {self.table.counted} {line}") from None
        except EstimateError as error:
            raise ImportOptionError(f"The size set for {self.table.counted} {line}: {error}.") from None

    def _size(self, item_id: int, team_id: int, estimate: Estimate, old: Size | None = None) -> Size:
        """A new size, or an old one with a new estimate."""
        ends = {"low": estimate.low, "likely": estimate.likely, "high": estimate.high}
        if old is not None:
            return old.model_copy(update=ends)
        return Size.unchecked({**_SIZE, "id": new_id(), "item_id": item_id, "team_id": team_id, **ends})

    def _update(self, row: Row, title: str, old: Item, sized: Sized, mend: Mend) -> None:
        """An item that is there: it follows the file, but for what somebody changed here."""
        if mend.title or mend.size or mend.team:
            self.notes.more(
                [f"{self.table.counted} {row.line} is here already: change title, size and team on the board"]
            )
        sizes = self.sizes.get(old.id, [])
        if self.columns.dialect.own:
            apart = sizes_by_team(self.columns, row, self.rates)
            if apart:
                sized = replace(sized, estimate=reduce(add, (size for _, size in apart)))
            if differs := what_differs(title, old, sizes, sized):
                self.kept.append(Kept(row.line, old.title, differs))
            else:
                self.same.append((row.line, old.id))
            return
        details = self.details.of(row)
        found = self.updates.compare(row.line, title, old, sizes, sized, details)
        unsized = not sizes and not found.resize and old.team_id is None
        if unsized and details.teams and (team := self.teams.named(details.teams)) is not None:
            # From before there was a place for it, or its team is known only now.
            found.change["team_id"] = team.id
            found.updated.append(f"team {team.name}")
        elif sizes or old.team_id is not None:
            self.teams.see(details.teams)
        if found.change:
            self.puts.append(old.model_copy(update=found.change))
        if found.resize and sized.estimate is not None:
            team_id = sizes[0].team_id if sizes else old.team_id or self._team(details).id
            self.puts.append(self._size(old.id, team_id, sized.estimate, sizes[0] if sizes else None))
        if self.waiting.add(old.id, self.columns.cells(row.cells, "customer")):
            found.updated.append("who waits for it")
        found.updated += self._progress(row, old, "")
        found.kept += self.progress.kept
        self.conflicts += found.conflicts
        if found.kept:
            self.kept.append(Kept(row.line, old.title, tuple(found.kept)))
        if found.new_title or found.resize or found.updated:
            self.updated.append(
                Update(
                    row.line, old.id, old.title, found.new_title, found.old_size, found.new_size, tuple(found.updated)
                )
            )
        elif not found.kept:
            self.same.append((row.line, old.id))

    def _progress(self, row: Row, old: Item, reason: str) -> list[str]:
        """What the row says of how far an item is, in words."""
        words = self.progress.tell(row, old, self.sizes.get(old.id, []), reason)
        self.conflicts += self.progress.conflicts
        return words

    def _team(self, details: Details) -> Team:
        return self.teams.choose(details.teams, details.kinds["component"])

    def _gone(self) -> tuple[Gone, ...]:
        """Items from this source that are not in the file. Whether one is from this source, its key tells: those of
        the same project begin alike (``PAY-``); without keys, all that were imported without one are meant."""
        if not self.matched:
            return ()
        keyed = "key" in self.columns.at
        begins = {_beginning(item.source_key or "") for item in self.matched if item.source_key} if keyed else set()
        found = []
        for item in self.state.each(Item):
            if item.state in ("done", "declined") or item.id in self.mentioned or not item.source_title:
                continue
            if (item.source_key and _beginning(item.source_key) in begins) or not (item.source_key or keyed):
                found.append(Gone(item.id, item.source_key or "", item.title, item.state))
        return tuple(found)


def _beginning(key: str) -> str:
    """What the keys of one project have in common: all before the number."""
    return key.rstrip("0123456789")
