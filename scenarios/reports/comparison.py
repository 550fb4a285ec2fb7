"""A comparison as rows of words, for Markdown and HTML alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.compare import Comparison, Difference, Pair, SideFigures, SinceBaseline
from scenarios.figures.amounts import cents, odds_percent, percent, share_percent, target_percent
from scenarios.figures.sizes import format_ew
from store.records import Slice

#: The differences in the order of a report, by kind, with their heading.
HEADINGS = (
    ("only a", "Only in {a}"),
    ("only b", "Only in {b}"),
    ("resized", "Resized"),
    ("ranked", "Moved in rank"),
    ("pinned", "Pins"),
    ("edited", "Edited"),
    ("capacity", "Capacity"),
    ("target", "Target"),
    ("aim", "Aims"),
    ("valuing", "Way of valuing"),
    ("charter", "Charter"),
    ("quarter", "Quarter"),
    ("customer", "Customers"),
    ("belief", "What is believed of the teams"),
)


def figure_rows(comparison: Comparison) -> list[list[str]]:
    """A table of the sides' figures: a row a figure, its name first; the first row has the sides' names."""
    sides = comparison.figures
    rows = [["figure", *(side.name for side in sides)]]

    def row(name: str, *words: str) -> None:
        rows.append([name, *words])

    row("odds", *map(_odds, sides))
    row("items in plan", *(str(side.items) for side in sides))
    row("value in plan", *map(_value, sides))
    runs = any(side.left for side in sides)
    whole = " in the whole quarter" if runs else ""
    row(f"load{whole}", *(f"{format_ew(side.load)} ew" for side in sides))
    row(f"net capacity{whole}", *(f"{format_ew(side.net)} ew" for side in sides))
    if runs:
        row("load left / net left", *map(_left, sides))
    for name in dict.fromkeys(team.name for side in sides for team in side.teams):
        row(f"{name}: load / net", *(_team(side, name) for side in sides))
    slices: dict[str, Slice] = {part.letter: part for side in sides for part in side.slices}
    for letter, part in slices.items():
        row(f"{letter} {part.name}", *(_share(side, letter) for side in sides))
    row("one-offs", *(f"{share_percent(side.one_offs)}, {side.one_off_word}" for side in sides))
    row("waits for what is out", *(_out(side) for side in sides))
    return rows


def _odds(side: SideFigures) -> str:
    short = "" if side.fits else ", below target"
    each = " of each team" if side.each_team else ""
    return f"{odds_percent(side.odds, side.target)} (target {target_percent(side.target)}{each}){short}"


def _value(side: SideFigures) -> str:
    if not side.valued:
        return "none given" if side.items else "nothing in plan"
    return f"{side.value:g}" + (f" (given for {side.valued} of {side.items})" if side.valued < side.items else "")


def _left(side: SideFigures) -> str:
    if side.left is None:
        return "its quarter does not run"
    return f"{format_ew(side.left[0])} / {format_ew(side.left[1])} ew"


def _team(side: SideFigures, name: str) -> str:
    team = side.team(name)
    if team is None:
        return "not there"
    load, net = team.left or (team.load, team.net)
    return f"{format_ew(load)} / {format_ew(net)} ew{' left' if team.left else ''}"


def _share(side: SideFigures, letter: str) -> str:
    part = next((part for part in side.mix.slices if part.letter == letter), None)
    return f"{part.said} (aim {percent(part.aim)})" if part else "no such slice"


def _out(side: SideFigures) -> str:
    if not side.out:
        return "nobody"
    return f"{len(side.out)}: {', '.join(side.out)}, {side.paid_out.said(cents, ' a year')}"


#: A heading, the names of the columns, and the rows.
Group = tuple[str, Sequence[str], Sequence[Sequence[str]]]
#: The cells of a row, and the difference that it tells.
Told = tuple[Sequence[str], Difference | None]
_COLUMNS = ("what", "how", "why", "who waits")
#: Kinds that every quarter has its own of.
_PLANNED_WITH = ("capacity", "target", "aim")
_AGREED = "effort at the baseline"


def difference_groups(pair: Pair) -> Iterator[Group]:
    """Each kind of difference that there is, beside the baseline what came in since and what that displaced."""
    for heading, columns, rows in differences_told(pair):
        yield heading, columns, [cells for cells, _ in rows]


def differences_told(pair: Pair) -> Iterator[tuple[str, Sequence[str], Sequence[Told]]]:
    """As :func:`difference_groups`, each row with the difference that it tells; None where none is known."""
    kinds = dict(HEADINGS)
    if pair.since is not None:
        yield from _since(pair, pair.since)
        del kinds["only a"], kinds["only b"]
    for kind, heading in kinds.items():
        found = [each for each in pair.differences if each.kind == kind]
        if found:
            rows = [([each.title, _how(each), each.reason, _waiting(each)], each) for each in found]
            quarters = tuple(dict.fromkeys(side.frozen.quarter.name for side in (pair.a, pair.b)))
            of = f" ({' → '.join(quarters)})" if kind in _PLANNED_WITH and len(quarters) > 1 else ""
            yield heading.format(a=pair.a.name, b=pair.b.name) + of, _COLUMNS, rows


def _since(pair: Pair, since: SinceBaseline) -> Iterator[tuple[str, Sequence[str], Sequence[Told]]]:
    new, old = ("only b", "only a") if pair.agreed is pair.a else ("only a", "only b")
    came = {each.title: each for each in pair.differences if each.kind == new}
    went = {each.title: each for each in pair.differences if each.kind == old}
    done = [each for each in since.gone if each.done]
    carried = [each for each in since.gone if each.carried]
    displaced = [each for each in since.gone if not each.done and not each.carried]
    if since.came:
        rows: list[Told] = [
            (
                [
                    each.entry.item.title,
                    f"{format_ew(each.entry.ew)} ew",
                    each.asked_by,
                    each.reason,
                    ", ".join(each.displaced),
                ],
                came.get(each.entry.item.title),
            )
            for each in since.came
        ]
        heading = f"Came in unplanned since the baseline: {format_ew(since.ew_in)} ew"
        yield heading, ("what", "effort", "asked by", "why", "what left for it"), rows
    if displaced:
        rows = []
        for each in displaced:
            found = went.get(each.title)
            who = _waiting(found) if found is not None else ""
            rows.append(([each.title, f"{format_ew(each.ew)} ew", each.reason, each.for_title, who], found))
        heading = f"Displaced since: {format_ew(since.ew_out)} ew"
        yield heading, ("what", _AGREED, "why", "for", "who waits"), rows
    if done:
        rows = [([each.title, f"{format_ew(each.ew)} ew", each.version], went.get(each.title)) for each in done]
        yield "Done since", ("what", _AGREED, "done as"), rows
    if carried:
        rows = [([each.title, f"{format_ew(each.ew)} ew", each.reason], went.get(each.title)) for each in carried]
        yield "Not finished, goes on", ("what", _AGREED, "why"), rows


def _how(each: Difference) -> str:
    words = f"{format_ew(each.ew)} ew" if each.kind in ("only a", "only b") else each.words
    places = {"below": "below the line on the other side", "unknown": "not known on the other side"}
    if each.place:
        words += f"; {places.get(each.place, f'{each.place} on the other side')}"
    return words


def _waiting(each: Difference) -> str:
    cut = each.kind == "resized" and each.ew < 0
    if not (cut or each.kind in ("only a", "only b")) or not each.waiting:
        return ""
    return f"{', '.join(each.waiting)}: {each.paid.said(cents)}"


def title_of(comparison: Comparison) -> str:
    """What is compared, and in which direction."""
    return f"From {' to '.join(_quoted(side.name) for side in comparison.sides)}"


def _quoted(name: str) -> str:
    # Scenarios and snapshots carry theirs, as in: scenario “Acme yes”.
    return name if "“" in name else f"“{name}”"


def quarter_of(comparison: Comparison) -> str:
    """The quarters of the plans, each once."""
    return ", ".join(dict.fromkeys(side.frozen.quarter.name for side in comparison.sides))
