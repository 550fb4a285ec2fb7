"""Adoption: what shipped has its success measure read after 90 days, against the aim on its card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from scenarios.figures.amounts import exact, rate_percent
from scenarios.figures.figure import Figure, given
from scenarios.requests.offloads import FEW, TOO_FEW, shipped_days
from store.common.text import many, short
from store.records import Outcome, State
from store.records.negotiation import Card

#: So many days after it shipped it is read.
READ_AFTER = timedelta(days=90)
_FORMULA = (
    f"accounts that adopted it / accounts that could use it; under {TOO_FEW} of these nothing is said, under {FEW} it "
    "is a hint"
)


@dataclass(frozen=True)
class Adoption:
    """A finished item whose adoption is measured: its success ``measure`` and ``aim`` (0..1), as far as they are on
    record; ``due`` is the day on which it is to be read, None where no day is known on which it shipped."""

    outcome: Outcome
    measure: str
    aim: float | None
    due: date | None

    @property
    def share(self) -> Figure:
        """Accounts that adopted it / accounts that could use it; not known where either is not, or of too few."""
        row = self.outcome
        value = Fraction(row.adopted, row.could_adopt or 1) if row.adopted is not None and self.enough else None
        inputs = (
            ("adopted it", _count(row.adopted)),
            ("could use it", _count(row.could_adopt)),
            ("aim", given(None if self.aim is None else exact(self.aim), "rate")),
            ("read on", row.adoption_on.isoformat() if row.adoption_on else "not given"),
        )
        partly = f"n = {row.could_adopt}, under {FEW}" if value is not None and (row.could_adopt or 0) < FEW else ""
        return Figure("adoption", value, "rate", _FORMULA, inputs, partly)

    @property
    def enough(self) -> bool:
        """Whether so many could use it that a share says something."""
        return (self.outcome.could_adopt or 0) >= TOO_FEW

    @property
    def reached(self) -> bool | None:
        """Whether the aim was reached; None where there is none, or nothing can be said."""
        share = self.share.value
        return None if share is None or self.aim is None else share >= exact(self.aim)

    @property
    def counts(self) -> str:
        """How many adopted it, as ``5 of 8 accounts, 62.5%``."""
        row = self.outcome
        if row.adopted is None:
            return "not known yet"
        if not row.could_adopt:
            return "nobody could use it" if row.could_adopt == 0 else f"{many(row.adopted, 'account')} of ?"
        share = f", {rate_percent(self.share.value)}" if self.share.value is not None else ""
        return f"{row.adopted} of {row.could_adopt}{share}"

    @property
    def so(self) -> str:
        """What follows from it: whether the aim was reached, or the day on which it is to be read."""
        row = self.outcome
        if row.adopted is None:
            return f"read on {self.due.isoformat()}" if self.due is not None else "no day known"
        if not row.could_adopt:
            return ""
        if not self.enough:
            return "too few to say"
        hint = "" if row.could_adopt >= FEW else ", a hint"
        return {None: "no aim", True: "reached", False: "below it"}[self.reached] + hint

    @property
    def words(self) -> str:
        """What is known of it."""
        row = self.outcome
        if row.adopted is None:
            return "not known yet" + (f", to be read on {self.due.isoformat()}" if self.due is not None else "")
        if row.could_adopt is None:
            return f"{many(row.adopted, 'account')}, of how many is not known"
        if not row.could_adopt:
            return "no account could use it"
        said = f"{row.adopted} of {many(row.could_adopt, 'account')}"
        if not self.enough:
            return f"{said}: n under {TOO_FEW}, nothing can be said"
        aim = "" if self.aim is None else rate_percent(exact(self.aim))
        against = {None: "no aim on its card", True: f"the aim of {aim} is reached", False: f"below the aim of {aim}"}
        hint = "" if row.could_adopt >= FEW else f"; n under {FEW}, a hint and no more"
        return f"{said}, {rate_percent(self.share.value or 0)}: {against[self.reached]}{hint}"

    @property
    def due_words(self) -> str:
        """What is to be read, as a line without a point."""
        aim = "no aim on its card" if self.aim is None else f"aim {rate_percent(exact(self.aim))}"
        title = short(self.outcome.title, 60) or "without a title"
        return f"{title} of {short(self.outcome.quarter, 20)}: adoption {self.words}, {aim}"


def _count(number: int | None) -> str:
    return "not known yet" if number is None else f"{number:,}"


def adoption_of(state: State, rows: Iterable[Outcome]) -> tuple[Adoption, ...]:
    """Of these, what was finished and has a success measure or an aim, or of which somebody read it."""
    cards = {row.item_id: row for row in state.each(Card)}
    days = shipped_days(state)
    found = []
    for row in rows:
        if row.became != "done":
            continue
        card = cards.get(row.item_id) if row.item_id is not None else None
        measure = card.success.strip() if card is not None else ""
        aim = row.adoption_aim if row.adoption_aim is not None or card is None else card.adoption_aim
        if measure or aim is not None or row.adopted is not None:
            shipped = days.get(row.item_id) if row.item_id is not None else row.shipped_on
            found.append(Adoption(row, measure, aim, None if shipped is None else shipped + READ_AFTER))
    return tuple(found)


def adoption_due(state: State, today: date) -> tuple[Adoption, ...]:
    """What shipped 90 days ago or longer and was not read, longest due first: "not known yet" comes back."""
    found = [
        (row.due, row)
        for row in adoption_of(state, state.each(Outcome))
        if row.due is not None and row.due <= today and row.outcome.adopted is None
    ]
    return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].outcome.id)))
