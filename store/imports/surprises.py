"""What an import would do to the whole, and what of it should make somebody look twice before it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from store.common.engineer_weeks import format_ew
from store.common.text import clean
from store.imports.report import New, StatusCount, TeamLoad
from store.records import Capacity, Item, Record, Size, State, Team

if TYPE_CHECKING:
    from store.imports.columns import ColumnMap
    from store.imports.finished import Over

#: new items from which on their shares say something
_ENOUGH = 5
_UNSIZED = 0.4
#: share of what all new items come to, of one of them
_ONE = 0.5
_SHORT = 40


def status_counts(over: Over) -> tuple[StatusCount, ...]:
    """Every status of a file, the most frequent first; none where no row has one."""
    found = over.taken + over.left
    if found.keys() <= {""}:
        return ()
    return tuple(StatusCount(status, over.taken[status], over.left[status]) for status, _ in found.most_common())


def loads_of(state: State, puts: Sequence[Record]) -> tuple[TeamLoad, ...]:
    """What the new items of an import come to for each team, in the order of teams."""
    new = {put.id for put in puts if isinstance(put, Item) and put.id < 0}
    likely: Counter[int] = Counter()
    items: Counter[int] = Counter()
    for put in puts:
        if isinstance(put, Size) and put.item_id in new:
            items[put.team_id] += 1
            likely[put.team_id] += put.likely  # type: ignore[assignment]
    teams = {**{team.id: team for team in state.each(Team)}, **{put.id: put for put in puts if isinstance(put, Team)}}
    capacities = [*state.each(Capacity), *(put for put in puts if isinstance(put, Capacity))]
    net = {each.team_id: each.net for each in capacities if each.quarter_id == state.quarter.id}
    order = sorted(items, key=lambda team: (teams[team].position, team))
    return tuple(TeamLoad(teams[team].name, items[team], float(likely[team]), net.get(team, 0.0)) for team in order)


def surprises(
    state: State, columns: ColumnMap, new: Sequence[New], puts: Sequence[Record], loads: Iterable[TeamLoad]
) -> list[str]:
    """Sentences on what is seldom meant: numbers that may be read in two ways, much without a size, a load that
    doubles, one item that is most of it, one slice for all, due dates that are past."""
    found = [
        f'"{clean(cell)[:20]}" in column {clean(columns.header[at])[:_SHORT]} is read '
        f"{'as thousands' if (',' in cell) != (at in columns.commas) else 'with decimals'}, and nothing in the file "
        "tells: --decimal comma or --decimal point settles it."
        for at, cell in columns.doubtful.items()
    ]
    if len(new) < _ENOUGH:
        return found
    unsized = sum(one.size == "unsized" for one in new)
    if unsized >= _UNSIZED * len(new):
        found.append(f"{unsized:,} of {len(new):,} new items have no size ({unsized / len(new):.0%}).")
    found += _heavy(state, new, puts, loads)
    slices = Counter(one.slice for one in new)
    if len(slices) == 1:
        telling = [columns.header[columns.at[each][0]] for each in ("type", "label", "component") if each in columns.at]
        why = f"no rule matches what stands in {telling[0][:40]}" if telling else "no column tells slices apart"
        found.append(f"All {len(new):,} new items are in slice {new[0].slice}: {why} (--map).")
    dues = [put.due for put in puts if isinstance(put, Item) and put.id < 0 and put.due is not None]
    past = sum(due < state.quarter.starts for due in dues)
    if len(dues) >= _ENOUGH and past > len(dues) / 2:
        found.append(f"{past:,} of {len(dues):,} due dates are before this quarter: are days and months mixed up?")
    return found


def _heavy(state: State, new: Sequence[New], puts: Sequence[Record], loads: Iterable[TeamLoad]) -> list[str]:
    """What is to be said of the sizes of new items together."""
    titles = {put.id: put.title for put in puts if isinstance(put, Item) and put.id < 0}
    sizes = [put for put in puts if isinstance(put, Size) and put.item_id in titles]
    added = sum(size.likely for size in sizes)
    open_items = {item.id for item in state.each(Item) if item.state not in ("done", "declined")}
    here = sum(size.likely for size in state.each(Size) if size.item_id in open_items)
    found = []
    if here and added >= here:
        found.append(f"What is open here would go from {format_ew(here)} to {format_ew(here + added)} ew.")
    largest = max(sizes, key=lambda size: size.likely, default=None)
    if largest is not None and len(sizes) >= _ENOUGH and largest.likely > _ONE * added:
        title = clean(titles[largest.item_id])[:_SHORT]
        found.append(
            f"One item is {largest.likely / added:.0%} of all new work: {title}, {format_ew(largest.likely)} ew."
        )
    found += [
        f"{load.team} gets {format_ew(load.likely)} ew, {load.likely / load.net:,.0f} times its "
        f"{format_ew(load.net)} ew net."
        for load in loads
        if load.net and load.likely >= 10 * load.net
    ]
    return found
