"""What stands until somebody looks at it again: the exceptions that were signed for, in words short and long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, Unit, told, written
from scenarios.plan.plan import entries_of
from scenarios.rules.charter import RIGHTS
from scenarios.rules.one_offs import Gauge, gauge_of
from scenarios.verdict.signatures import left_since, signed_item, standing_terms
from store.common.text import series
from store.records import Decision, Item, Signature, Slice, State
from store.records.negotiation import Principle, RightKind, SignedTerms

#: What an exception's figure counts.
_UNITS: dict[RightKind, Unit] = {"under target": "odds", "over ceiling": "share", "below return": "times"}
#: In a mark there is room for so many names.
_NAMED = 3


@dataclass(frozen=True)
class StandingException:
    """An exception that stands; ``about`` is the item's title or the principle's name, where it is about one.

    ``ends`` is what would end it, ``over`` why nothing asks for it any more: empty while something does.
    """

    terms: SignedTerms
    about: str
    due: bool
    #: the title of the decision that it was signed in
    decided: str = ""
    ends: str = ""
    over: str = ""

    @property
    def short(self) -> str:
        """As ``below return (Eve)``."""
        return f"{self.terms.right} ({self.terms.name})"

    @property
    def what(self) -> str:
        """As ``below return: “Audit log”, 2.1 times, bound 3 times``."""
        terms = self.terms
        parts = [f"“{self.about}”"] if self.about else []
        unit = _UNITS.get(terms.right)
        if unit is not None and terms.figure is not None and terms.bound is not None:
            parts.append(f"{_written(terms.figure, unit)}, bound {_written(terms.bound, unit)}")
        return f"{terms.right}: {', '.join(parts)}" if parts else terms.right

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What was signed for, with the bound that it passes."""
        terms, unit = self.terms, _UNITS.get(self.terms.right)
        if unit is None or terms.figure is None:
            return ()
        bound = ("bound", "not on record" if terms.bound is None else _written(terms.bound, unit))
        return (told(terms.right, exact(terms.figure), unit, "as it was when it was signed for", bound),)

    @property
    def sentence(self) -> str:
        """For whoever was not there: who signed when to do what, for which item, which figure against which bound, why,
        on which conditions, and when it is looked at again; days as 2027-03-01."""
        terms, unit = self.terms, _UNITS.get(self.terms.right)
        found = f"{terms.name} signed on {terms.at.date().isoformat()} to {RIGHTS[terms.right]}"
        if unit is not None and terms.figure is not None:
            against = f" against {_written(terms.bound, unit)}" if terms.bound is not None else ""
            found += f" ({_written(terms.figure, unit)}{against})"
        found += f" for {_quoted(self.decided)}" if self.decided else ""
        found += f", about “{self.about}”" if self.about and self.about != self.decided else ""
        found += f", because {terms.reason.rstrip('.')}"
        found += f"; on condition: {terms.conditions.rstrip('.')}" if terms.conditions else ""
        if terms.review is not None:
            found += f"; {'review due since' if self.due else 'review on'} {terms.review.isoformat()}"
        return f"{found}; {self.over}: it can be cleared" if self.over else found


def _quoted(title: str) -> str:
    # Of a size, it quotes the item itself, as in: “Audit log” sized 2-4-6 ew.
    return title if "“" in title else f"“{title}”"


def _written(value: float, unit: Unit) -> str:
    amount: Fraction = exact(value)
    return written(amount, unit)


def standing_of(state: State, today: date) -> tuple[StandingException, ...]:
    """The exceptions that stand: those whose review is due first, longest due before the others, then as signed."""
    items, principles = state.all(Item), state.all(Principle)
    gauge = gauge_of(entries_of(state, "plan"), state.each(Slice))
    found = []
    for terms in standing_terms(state):
        title = items[terms.item_id].title if terms.item_id is not None else ""
        name = principles[terms.principle_id].name if terms.principle_id is not None else ""
        decision = state.all(Decision)[terms.decision_id]
        item = signed_item(state, terms)
        due = terms.review is not None and terms.review <= today
        ends, over = _end(terms, item, gauge)
        found.append(StandingException(terms, name or title, due, decision.title, ends, over))
    return tuple(sorted(found, key=lambda row: (not row.due, row.terms.review or date.max, row.terms.at, row.terms.id)))


def _end(terms: SignedTerms, item: Item | None, gauge: Gauge) -> tuple[str, str]:
    """(what would end it, why nothing asks for it any more; empty while something does)."""
    if terms.right == "under target":
        return "it ends by itself when the plan fits again", ""
    over = "its item is not in plan any more" if left_since(item) else ""
    causes = [f"“{item.title}” leaves the plan"] if item is not None else []
    if terms.right == "over ceiling" and gauge.ceiling is not None:
        ceiling = written(gauge.ceiling, "share")
        causes.insert(0, f"one-offs are at {ceiling} or less")
        if not gauge.over:
            over = f"one-offs are at {gauge.share.text} of {ceiling} again"
    if not causes:
        return "it stands until somebody clears it", over
    return f"nothing asks for it once {', or '.join(causes)}", over


def lost_words(before: Sequence[StandingException], after: Sequence[StandingException], key: str) -> str:
    """A sentence on the signatures whose cause a change took away, with the ``key`` to them; empty where none."""
    stood = {row.terms.id for row in before if not row.over}
    lost = [row for row in after if row.over and row.terms.id in stood]
    if not lost:
        return ""
    more = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
    return f"Nothing asks for {lost[0].short} any more, {lost[0].over}{more}: it can be cleared ({key})"


def clear_words(rows: Iterable[StandingException]) -> Iterator[str]:
    """A sentence for each cause that has gone, with all the signatures that it was the cause of, and what clears them;
    none for what is due for review, which is told anyway."""
    gone: dict[tuple[str, str], list[StandingException]] = {}
    for row in rows:
        if row.over and not row.due:
            gone.setdefault((row.over, row.terms.right), []).append(row)
    for (over, right), found in gone.items():
        names = series(dict.fromkeys(row.terms.name for row in found))
        clear = series(f"makeroom exceptions clear {row.terms.id}" for row in found)
        yield f"{over}: nothing asks for {right} ({names}) any more ({clear})"


def mark_words(rows: Sequence[StandingException], key: str) -> str:
    """A mark for a header: ``signed: below return (Eve), over ceiling (Eve)``; what nothing asks for any more as
    ``to clear: over ceiling (Eve) (!)``, with the ``key`` to it. A plan below its target, and what is due for review
    (:func:`due_words`), have their own."""
    own = [row for row in rows if row.terms.right != "under target" and not row.due]
    signed, over = _named([row for row in own if not row.over]), _named([row for row in own if row.over])
    return "   ".join(filter(None, (signed and f"signed: {signed}", over and f"to clear: {over} ({key})")))


def _named(rows: Sequence[StandingException]) -> str:
    names = list(dict.fromkeys(row.short for row in rows))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def due_words(rows: Sequence[StandingException], key: str) -> str:
    """A sentence where reviews are due, with the ``key`` to them; empty where none is."""
    due = [row for row in rows if row.due]
    if not due:
        return ""
    first = due[0]
    more = f", and {len(due) - 1} more" if len(due) > 1 else ""
    return f"REVIEW DUE since {first.terms.review:%d %b}: {first.short}{more} ({key})"


def none_words(signature: Signature | None) -> str:
    """A sentence where no exception stands; ``signature`` is what stands over a plan below its target."""
    if signature is not None:
        return f"{signature.name} signed for the plan below its target: that ends when it fits again."
    return "Nothing was signed for that still stands."
