"""The differences between plans as lines to read: groups with a heading, each difference with its reason in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scenarios.accounts.revenue import Revenue, revenue_of
from scenarios.compare import Came, Difference, Gone, Pair, Side
from scenarios.compare.differences import matched
from scenarios.figures.sizes import change_ew, format_ew
from scenarios.snapshots.frozen import FrozenItem
from scenarios.snapshots.item_matches import match_items
from tui.compare.sides import Sides
from tui.drawing.words import amount, money

LETTERS = "ABC"
_ELSEWHERE = {
    "below": "below the line in {}",
    "inbox": "in the inbox of {}",
    "declined": "declined in {}",
    "done": "done in {}",
    "unknown": "not known in {}",
}
_CHANGED = {"ranked": "", "pinned": "pin: ", "edited": "edited: "}
#: What has an effort, or changes one.
_WEIGHED = ("only a", "only b", "resized", "capacity")
_AROUND = {"capacity": "net capacity", "aim": "slice", "customer": "customer", "belief": "believed of it"}


@dataclass(frozen=True)
class DifferenceLine:
    """One line of the list: a heading where ``heads``, else a difference, else an item that is the same in all.

    ``ew`` is by how much the later plan differs from the one before it, with its sign; ``said`` what is different,
    ``reason`` who decided that and why. ``pair`` is the number of the two plans that differ.
    """

    title: str
    said: str = ""
    ew: str = ""
    reason: str = ""
    letter: str = ""
    waiting: str = ""
    who_waits: str = ""
    heads: bool = False
    pair: int = 0
    difference: Difference | None = None

    @property
    def key(self) -> tuple[int, str]:
        """By which it is found again in a renewed list."""
        return self.pair, self.difference.id if self.difference else f"{self.heads}/{self.title}"


@dataclass(frozen=True)
class _Group:
    """A heading and the differences under it."""

    heading: str
    differences: Sequence[Difference]


class Lines:
    """The lines of one comparison; the same for as long as it is not renewed."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._known: dict[int, Mapping[str, int]] = {}

    @cached_property
    def different(self) -> list[DifferenceLine]:
        """Only what differs."""
        return [line for number in range(self._count) for line in self._of_pair(number, everything=False)]

    @cached_property
    def everything(self) -> list[DifferenceLine]:
        """What differs, then what is the same in all."""
        found = [line for number in range(self._count) for line in self._of_pair(number, everything=True)]
        same = list(self._same())
        where = "both" if self._count == 1 else "all"
        return [*found, *_under(f"THE SAME IN {where.upper()}", same)]

    @property
    def _count(self) -> int:
        return len(self._sides.comparison.pairs)

    def _letters(self, pair: Pair) -> tuple[str, str]:
        """By which letters its two plans go on the screen."""
        sides = self._sides.comparison.sides
        at = {id(side): letter for side, letter in zip(sides, LETTERS, strict=False)}
        return at[id(pair.a)], at[id(pair.b)]

    # -------------------------------------------------- what differs

    def _of_pair(self, number: int, *, everything: bool) -> Iterator[DifferenceLine]:
        pair = self._sides.comparison.pairs[number]
        for group in self._groups(number, pair, everything=everything):
            yield from _under(group.heading, [self._line(number, pair, each) for each in group.differences])

    def _groups(self, number: int, pair: Pair, *, everything: bool) -> Iterator[_Group]:
        a, b = self._letters(pair)
        of_two = "" if self._count == 1 else f", {a} TO {b}"
        all_ = pair.differences
        if self._is_baseline(number):
            gone = [each for each in all_ if each.kind == "only a"]
            yield _Group(f"CAME IN UNPLANNED{of_two}", [each for each in all_ if each.kind == "only b"])
            yield _Group(f"DISPLACED{of_two}", [each for each in gone if each.place != "done"])
            yield _Group(f"DONE SINCE{of_two}", [each for each in gone if each.place == "done"])
        else:
            across = [each for each in all_ if each.across]
            yield _Group(f"ONLY IN {a}{of_two}", [e for e in all_ if e.kind == "only a" and not e.across])
            yield _Group(f"ONLY IN {b}{of_two}", [e for e in all_ if e.kind == "only b" and not e.across])
            yield _Group(f"MOVED ACROSS THE LINE{of_two}", across)
        yield _Group(f"RESIZED{of_two}", [each for each in all_ if each.kind == "resized"])
        yield _Group(f"CHANGED OTHERWISE{of_two}", [each for each in all_ if each.kind in _CHANGED])
        around = ("capacity", "target", "aim", "valuing", "charter", "quarter", "customer")
        yield _Group(f"WHAT IT IS PLANNED WITH{of_two}", [each for each in all_ if each.kind in around])
        kept = ("belief", "ranks") if everything else ("belief",)
        yield _Group(f"TOLD, AND NOT TAKEN OVER{of_two}", [each for each in all_ if each.kind in kept])

    def _line(self, number: int, pair: Pair, each: Difference) -> DifferenceLine:
        a, b = self._letters(pair)
        one_sided, since = each.kind in ("only a", "only b"), self._is_baseline(number)
        ew = -each.ew if each.kind == "only a" else each.ew
        item = pair.a.frozen.items.get(each.key_a or "") if each.item else None
        if each.item and each.key_b is not None:
            item = pair.b.frozen.items[each.key_b]
        if one_sided:
            said = _ELSEWHERE.get(each.place, "").format(b if each.kind == "only a" else a)
        else:
            before = _CHANGED.get(each.kind, "") or (f"{_AROUND[each.kind]}: " if each.kind in _AROUND else "")
            said = f"{before}{each.words}"
        return DifferenceLine(
            each.title,
            said,
            # What came and what went since the baseline needs no sign to tell them apart.
            ("" if each.kind not in _WEIGHED else format_ew(each.ew) if one_sided and since else change_ew(ew)),
            self._since(number, each) or each.reason,
            item.slice if item else "",
            _waiting(each.waiting, each.paid),
            ", ".join(each.waiting),
            pair=number,
            difference=each,
        )

    # -------------------------------------------------- since the baseline

    def _is_baseline(self, number: int) -> bool:
        return self._sides.comparison.pairs[number].since is not None

    def _since(self, number: int, each: Difference) -> str:
        """Who asked for what came in and what it displaced; what it made way for that is gone."""
        if not self._is_baseline(number):
            return ""
        pair = self._sides.comparison.pairs[number]
        if each.kind == "only b":
            return _came_words(self._came.get(self._ids(pair.b).get(each.key_b or "")))
        if each.kind == "only a":
            item_id = self._ids(pair.a).get(each.key_a or "")
            return _gone_words(self._gone.get(item_id if item_id is not None else each.title))
        return ""

    def _ids(self, side: Side) -> Mapping[str, int]:
        """By key in a side, the id of the item in the present workspace."""
        if id(side) not in self._known:
            self._known[id(side)] = match_items(side.frozen, self._sides.state)
        return self._known[id(side)]

    @cached_property
    def _came(self) -> dict[int | None, Came]:
        since = self._sides.since
        return {each.entry.item.id: each for each in since.came} if since else {}

    @cached_property
    def _gone(self) -> dict[int | str, Gone]:
        """By item id, or by title where it is not in the workspace any more."""
        since = self._sides.since
        return {each.entry.item.id if each.entry else each.title: each for each in since.gone} if since else {}

    # -------------------------------------------------- what is the same

    def _same(self) -> Iterator[DifferenceLine]:
        comparison = self._sides.comparison
        own = self._sides.board.frozen
        kept = set(own.items)
        for pair in comparison.pairs:
            touched = {each.key_b if pair.own_is_b else each.key_a for each in pair.differences if each.item}
            kept &= {key for key in matched(own, pair.other.frozen) if key not in touched}
        for key, item in own.ranked:
            if key in kept:
                names = [own.customer_name(each) for each in item.waits]
                waiting = _waiting(names, revenue_of(own.customers[each].arr for each in item.waits))
                yield DifferenceLine(item.title, _is(item), "", "", item.slice, waiting, ", ".join(names))


def _is(item: FrozenItem) -> str:
    value = f", value {amount(item.value)}" if item.value is not None else ""
    return f"{format_ew(item.ew)} ew{value}" if item.sizes else f"no size yet{value}"


def _under(heading: str, lines: Sequence[DifferenceLine]) -> Iterable[DifferenceLine]:
    """The lines under a heading that says how many there are and how many ew they add up to; nothing under none."""
    if not lines:
        return ()
    known = [line.ew for line in lines if line.ew]
    signed = any(each[0] in "+-" for each in known)
    by = f"{sum(map(float, known)):{'+' if signed else ''}.1f}" if known else ""
    return (DifferenceLine(heading, str(len(lines)), by, heads=True, pair=lines[0].pair), *lines)


def _waiting(names: Sequence[str], revenue: Revenue) -> str:
    """Who waits, short: ``Birch, $70k``, ``6 customers, $1.24M``."""
    if not names:
        return ""
    who = names[0] if len(names) == 1 else f"{len(names)} customers"
    return f"{who}, {revenue.said(money)}"


def _came_words(came: Came | None) -> str:
    if came is None:
        return ""
    asked = f"asked by {came.asked_by}" if came.asked_by else ""
    instead = f"displaced {', '.join(f'“{title}”' for title in came.displaced)}" if came.displaced else ""
    return "; ".join(part for part in (asked, came.reason, instead) if part)


def _gone_words(gone: Gone | None) -> str:
    if gone is None:
        return ""
    made_way = f"made way for “{gone.for_title}”"
    # The reason names what it was for already.
    return gone.reason if not gone.for_title or gone.for_title in gone.reason else f"{made_way}; {gone.reason}"
