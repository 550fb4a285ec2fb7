"""What an import would change: every row of a table is new, an update, unchanged, or not taken with a reason."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from store.imports.columns import Columns, find_columns
from store.imports.estimates import Estimate, EstimateError, Rates
from store.imports.notes import Notes
from store.imports.options import ImportOptions
from store.imports.report import ImportPlan, Kept, New, Rejected, Update, shown_size
from store.imports.rows import Details, read_details
from store.imports.sizing import Sized, last_seen, row_size, same
from store.imports.slices import SliceChooser
from store.imports.teams import TeamChooser
from store.records import Item, Record, Shirt, Size, State, new_id
from store.text import clean

if TYPE_CHECKING:
    from store.imports.reader import Row, Table

MAX_TITLE = 20_000
MAX_KEY = 200
DONE = frozenset(
    {
        "done", "closed", "resolved", "cancelled", "canceled", "complete", "completed", "finished", "released",
        "shipped", "won't do", "wont do", "won't fix", "wontfix", "rejected", "declined", "duplicate",
        "abandoned", "obsolete",
    }
)  # fmt: skip


def plan_import(state: State, table: Table, options: ImportOptions | None = None) -> ImportPlan:
    """What importing a table would change in a workspace; nothing is written.

    Raises :class:`~store.imports.errors.RateNeededError` when estimates are in points or hours and no rate is known,
    and :class:`~store.imports.errors.ImportOptionError` when another option is missing or means nothing.
    """
    return _Merge(state, table, options or ImportOptions()).plan()


class _Merge:
    """One import on its way: what is there already, what was seen in the file, what is to be written."""

    def __init__(self, state: State, table: Table, options: ImportOptions) -> None:
        self.state = state
        self.table = table
        self.options = options
        self.columns: Columns = find_columns(table.header, options.columns)
        info = state.workspace
        self.rates = Rates(
            options.points_per_ew or info.points_per_ew,
            options.hours_per_ew or info.hours_per_ew,
            {shirt.letter.upper(): (shirt.low, shirt.likely, shirt.high) for shirt in state.each(Shirt)},
        )
        self.new_rates = bool(options.points_per_ew or options.hours_per_ew)
        self.slices = SliceChooser(state, options.rules)
        self.teams = TeamChooser(state, options.teams)
        self.notes = Notes(self.columns, table, options.dates)
        self.next_rank = max((item.rank for item in state.all(Item).values()), default=0.0)
        self.seen: dict[tuple[str, str], int] = {}
        self.by_key: dict[str, Item] = {}
        self.by_title: dict[str, Item] = {}
        self.sizes: dict[int, list[Size]] = {}
        self._index()
        self.puts: list[Record] = []
        self.new: list[New] = []
        self.updated: list[Update] = []
        self.kept: list[Kept] = []
        self.rejected: list[Rejected] = []
        self.unchanged = 0

    def _index(self) -> None:
        """Find what is there by key, and by title for rows without one."""
        for item in self.state.each(Item):
            if item.source_key:
                self.by_key.setdefault(item.source_key, item)
            # Rows without a key may mean an item that came with one only if the file has no keys at all.
            if item.source_title and (not item.source_key or "key" not in self.columns.at):
                self.by_title.setdefault(item.source_title, item)
        for size in self.state.each(Size):
            self.sizes.setdefault(size.item_id, []).append(size)

    def plan(self) -> ImportPlan:
        """All rows, then what they need around them."""
        for row in self.table.rows:
            self._take(row)
        if self.new:
            # Even a backlog without sizes needs a team to plan with.
            _ = self.teams.default
        self.notes.around(self.teams, self.slices, self.new)
        return ImportPlan(
            source=self.table.name,
            new=tuple(self.new),
            updated=tuple(self.updated),
            kept=tuple(self.kept),
            unchanged=self.unchanged,
            rejected=tuple(self.rejected),
            notes=tuple(self.notes.all()),
            puts=(*self._remembered(), *self.teams.puts, *self.slices.puts, *self.puts),
        )

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

    def _take(self, row: Row) -> None:
        """One row: into one of the lists."""
        title = clean(self.columns.cell(row.cells, "title"))
        key = clean(self.columns.cell(row.cells, "key"))
        old = self.by_key.get(key) if key else self.by_title.get(title)
        try:
            reason = self._refusal(row, title, key, old)
            sized = Sized("", None)
            if not reason:
                sized = row_size(self.columns, row.cells, self.rates, decimal_comma=self.table.delimiter == ";")
        except EstimateError as error:
            reason = str(error)
        if reason:
            self.rejected.append(Rejected(row.line, title or key, reason))
            return
        self.seen[("key", key) if key else ("title", title)] = row.line
        if sized.zero:
            self.notes.zeros.append(row.line)
        if old is None:
            self._add(row, title, key, sized)
        else:
            self._update(row, title, old, sized)

    def _refusal(self, row: Row, title: str, key: str, old: Item | None) -> str:
        """Why a row is not taken; empty if it is."""
        width = len(self.table.header)
        if any(cell.strip() for cell in row.cells[width:]):
            return f"has {len(row.cells)} cells where the header has {width} (is a comma or a quote unescaped?)"
        if not title:
            return "has no title"
        if len(title) > MAX_TITLE:
            return f"the title has {len(title):,} characters; at most {MAX_TITLE:,} are taken"
        if len(key) > MAX_KEY:
            return f"the key has {len(key):,} characters; at most {MAX_KEY} are taken"
        if key and ("key", key) in self.seen:
            return f"has the same key as line {self.seen['key', key]}: {key}"
        if not key and ("title", title) in self.seen:
            return f"has the same title as line {self.seen['title', title]}, and no key tells them apart"
        return "" if self.options.include_done else self._finished(row, old)

    def _finished(self, row: Row, old: Item | None) -> str:
        """Why a row whose work is over is not taken; empty if it is not over."""
        for field in ("status", "category"):
            status = clean(self.columns.cell(row.cells, field))
            if status.casefold().replace("’", "'") in DONE:
                if old is not None:
                    return f'is "{status[:40]}"; the item here stays as it is'
                return f'is "{status[:40]}" (--include-done takes such rows too)'
        return ""

    def _add(self, row: Row, title: str, key: str, sized: Sized) -> None:
        """A new item below the line, after those that are there, in the order of the file."""
        details: Details = read_details(self.columns, row, self.notes)
        self.next_rank += 1
        item = Item(
            id=new_id(),
            title=title,
            slice=self.slices.choose(details.kinds),
            rank=self.next_rank,
            draw=secrets.randbits(53),
            owner=details.owner,
            note=details.note,
            value=details.value,
            due=details.due,
            source_key=key or None,
            source_title=title,
            source_size=sized.text(),
        )
        self.puts.append(item)
        if sized.estimate is not None:
            team = self.teams.choose(details.teams, details.kinds["component"])
            self.puts.append(self._size(item.id, team.id, sized.estimate))
        self.new.append(New(row.line, key, title, item.slice, shown_size(sized.estimate)))

    def _size(self, item_id: int, team_id: int, estimate: Estimate, old: Size | None = None) -> Size:
        """A new size, or an old one with a new estimate."""
        if old is not None:
            return old.model_copy(update={"low": estimate.low, "likely": estimate.likely, "high": estimate.high})
        return Size(
            id=new_id(),
            item_id=item_id,
            team_id=team_id,
            low=estimate.low,
            likely=estimate.likely,
            high=estimate.high,
        )

    def _update(self, row: Row, title: str, old: Item, sized: Sized) -> None:
        """An item that is there: title and size follow the file, unless somebody changed them here."""
        change: dict[str, str | None] = {}
        kept: list[str] = []
        new_title = ""
        if title != old.source_title:
            change["source_title"] = title
            if old.title == old.source_title:
                change["title"] = new_title = title
            elif old.title != title:
                kept.append(f'title, which the file now calls "{title}"')
        sizes = self._resized(row, old, sized, change, kept)
        if change:
            self.puts.append(old.model_copy(update=change))
        if kept:
            self.kept.append(Kept(row.line, old.title, tuple(kept)))
        if new_title or sizes:
            before, after = sizes or ("", "")
            self.updated.append(Update(row.line, old.id, old.title, new_title, before, after))
        elif not kept:
            self.unchanged += 1

    def _resized(
        self, row: Row, old: Item, sized: Sized, change: dict[str, str | None], kept: list[str]
    ) -> tuple[str, str] | None:
        """The old and the new size as shown, if the size follows the file; what it does not is told to ``kept``."""
        last = last_seen(old.source_size)
        rerated = self.new_rates and sized.estimate != last.estimate
        if sized.raw == last.raw and not rerated:
            return None
        sizes = self.sizes.get(old.id, [])
        if sized.estimate is None:
            if sizes:
                kept.append("size, for which the file has no estimate now")
            return None
        change["source_size"] = sized.text()
        untouched = (not sizes and last.estimate is None) or (len(sizes) == 1 and same(sizes[0], last.estimate))
        if not untouched:
            if not (len(sizes) == 1 and same(sizes[0], sized.estimate)):
                kept.append(f"size, which the file now gives as {shown_size(sized.estimate)}")
            return None
        if sizes:
            self.puts.append(self._size(old.id, sizes[0].team_id, sized.estimate, sizes[0]))
        else:
            details = read_details(self.columns, row, None)
            team = self.teams.choose(details.teams, details.kinds["component"])
            self.puts.append(self._size(old.id, team.id, sized.estimate))
        return shown_size(last.estimate), shown_size(sized.estimate)
