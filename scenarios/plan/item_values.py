"""What an item is worth to the room: one number of its own, or RICE, ICE, WSJF or CD3 computed from their parts.

An item's *score* orders a backlog; its *amount* is what is displaced when it leaves. They differ where the score is a
ratio: RICE, WSJF and CD3 divide by effort, and sums of such ratios would call one item of ten weeks as light as one of
a week. A trade already weighs effort by what is short, so what leaves is counted by the amount, before the division.

- RICE = reach x impact x confidence / effort (McBride, 2018); amount: reach x impact x confidence
- ICE = impact x confidence x ease, each 1 to 10 (Ellis); the amount is the score, which divides by nothing
- WSJF = (business value + urgency + enablement) / job size (Leffingwell, SAFe); amount: the sum, the cost of delay
- CD3 = cost of delay / duration (Reinertsen; Arnold, 2013); amount: the cost of delay per week

Effort, job size and duration are the item's likely engineer-weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from scenarios.figures.amounts import cents, exact
from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Entry
from store.common.values import Value
from store.records import Request, State, ValueModel, ValueParts, Valuing
from store.records.negotiation import DealEnd

#: The parts that each model takes, with the words for them.
PARTS: Mapping[ValueModel, tuple[tuple[str, str], ...]] = {
    "score": (),
    "rice": (("reach", "reach"), ("impact", "impact"), ("confidence", "confidence")),
    "ice": (("impact_10", "impact"), ("confidence_10", "confidence"), ("ease", "ease")),
    "wsjf": (("business", "business value"), ("urgency", "urgency"), ("enablement", "enablement")),
    "cd3": (("cost_of_delay", "cost of delay per week"),),
}
NAMES: Mapping[ValueModel, str] = {
    "score": "own score",
    "rice": "RICE",
    "ice": "ICE",
    "wsjf": "WSJF",
    "cd3": "cost of delay / duration",
}


class Worth(Value):
    """``amount`` is displaced when the item leaves; ``score`` orders; ``words`` say where they come from.

    ``given`` is False where the item has no value and stands in the middle of its neighbours in the ranking.
    """

    amount: float
    score: float
    words: str
    given: bool = True


def model_of(state: State) -> ValueModel:
    """How this workspace values its items."""
    return next((row.model for row in state.each(Valuing)), "score")


def amount_and_score(model: ValueModel, entry: Entry, parts: ValueParts | None) -> tuple[float, float] | None:
    """What one item is worth by a model, in figures alone; None where it has no value, or lacks a part of one."""
    if model == "score":
        value = entry.item.value
        return None if value is None else (value, value)
    numbers = _parts_of(model, parts)
    if numbers is None:
        return None
    amount = sum(numbers) if model in ("wsjf", "cd3") else numbers[0] * numbers[1] * numbers[2]
    if model == "ice":
        return amount, amount
    return amount, amount / entry.ew if entry.ew > 0 else 0.0


def worth_of(model: ValueModel, entry: Entry, parts: ValueParts | None) -> Worth | None:
    """What one item is worth by a model; None where it has no value, or lacks a part of one."""
    found = amount_and_score(model, entry, parts)
    if found is None:
        return None
    amount, score = found
    numbers = _parts_of(model, parts)
    if model == "score" or numbers is None:
        return Worth(amount, score, f"value {amount:g}")
    words = " x ".join(f"{_number(name, number)} {word}" for (name, word), number in _paired(model, numbers))
    if model == "ice":
        return Worth(amount, score, f"ICE {score:g} = {words}")
    if model == "wsjf":
        words = "(" + words.replace(" x ", " + ") + ")"
    if entry.ew <= 0:
        return Worth(amount, score, f"{words}; no size to divide by")
    name = "CD3" if model == "cd3" else NAMES[model]
    return Worth(
        amount, score, f"{name} {score:.3g} = {words} / {format_ew(entry.ew)} ew; {amount:g} counts as displaced"
    )


def _parts_of(model: ValueModel, parts: ValueParts | None) -> list[float] | None:
    """The figures that a model takes; None where one of them is not there."""
    given = [getattr(parts, name, None) for name, _ in PARTS[model]]
    numbers = [float(number) for number in given if number is not None]
    return numbers if len(numbers) == len(given) else None


def worths_of(state: State, entries: Sequence[Entry]) -> dict[int, Worth]:
    """By item id, what these items (best first) are worth; empty where none of them has a value.

    One without a value takes the middle of its nearest valued neighbours in the ranking, and says so; where a deal of
    known amount and probability hangs on it that is not lost, the highest value of all, so that it is given up last.
    """
    model = model_of(state)
    parts = {row.item_id: row for row in state.all(ValueParts).values()}
    found = [worth_of(model, entry, parts.get(entry.item.id)) for entry in entries]
    if not any(found):
        return {}
    above: list[Worth | None] = _carried(found)
    below = _carried(found[::-1])[::-1]
    worths, deals = {}, _open_deals(state)
    for entry, own, over, under in zip(entries, found, above, below, strict=True):
        worths[entry.item.id] = own or _between([each for each in (over, under) if each is not None])
        if own is None and entry.item.id in deals:
            worths[entry.item.id] = _for_deal(deals[entry.item.id], [each for each in found if each is not None])
    return worths


def _open_deals(state: State) -> dict[int, float]:
    """By item id, the expected value (amount x probability) of the deal that hangs on it and is not lost."""
    gone = {row.item_id for row in state.all(DealEnd).values() if row.outcome != "won"}
    return {
        row.item_id: row.deal_amount * row.deal_probability
        for row in state.all(Request).values()
        if row.deal_amount and row.deal_probability and row.item_id not in gone
    }


def _for_deal(expected: float, given: Sequence[Worth]) -> Worth:
    most = max(given, key=lambda worth: worth.amount)
    deal = f"its deal is worth {cents(exact(expected))} expected"
    words = f"no value: {deal}, so it is taken as the highest that is given, {most.amount:g}"
    return Worth(most.amount, most.score, words, given=False)


def _between(neighbours: Sequence[Worth]) -> Worth:
    amount = sum(each.amount for each in neighbours) / len(neighbours)
    score = sum(each.score for each in neighbours) / len(neighbours)
    return Worth(amount, score, f"no value: taken as {amount:g}, as its neighbours in the ranking", given=False)


def _carried(found: Iterable[Worth | None]) -> list[Worth | None]:
    """Each place with the last worth that was given before it."""
    carried: list[Worth | None] = []
    last: Worth | None = None
    for worth in found:
        last = worth or last
        carried.append(last)
    return carried


def part_of(worth: Worth, share: float) -> Worth:
    """The worth of a part (0..1 of the effort) of an item of which nobody said what it is worth."""
    return replace(worth, amount=worth.amount * share, words=f"{share:.0%} of the whole's, as its effort", given=False)


def _paired(model: ValueModel, numbers: Sequence[float]) -> list[tuple[tuple[str, str], float]]:
    return list(zip(PARTS[model], numbers, strict=True))


def _number(name: str, number: float) -> str:
    return f"{100 * number:.0f}%" if name == "confidence" else f"{number:g}"
