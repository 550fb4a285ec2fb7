"""The figures of a first look that ``?`` explains: formula, and what went into each."""

from __future__ import annotations

from fractions import Fraction

from scenarios.figures.amounts import exact, percent
from scenarios.figures.figure import Figure
from scenarios.look.first_look import LEAST_LEAD, AccountLook, FirstLook, Lead, Period, RuleLook
from scenarios.look.words import NO_RULE, amount_words, bands_words, days_words, issues_words, rule_words
from scenarios.plan.mix import ONE_OFF


def period_figures(look: FirstLook, period: Period) -> tuple[Figure, ...]:
    """The one-off share of a quarter, or of all, and what was not planned in it."""
    return (_one_offs(look, period), _unplanned(look, period))


def _one_offs(look: FirstLook, period: Period) -> Figure:
    names = dict(look.slices)
    inputs = [
        (
            f"{letter} {names[letter]}" if letter else NO_RULE,
            f"{amount_words(part.amount, look.unit)} of {issues_words(part.issues)}, {percent(period.share(letter))}",
        )
        for letter in look.letters
        if (part := period.parts.get(letter)) is not None
    ]
    inputs.append(("all", f"{amount_words(period.amount, look.unit)} of {issues_words(period.issues)}"))
    inputs.append(("bands", bands_words()))
    share = exact(period.share(ONE_OFF)) if period.band else None
    formula = "what slice O took / what all finished issues took, those that no rule says anything of too"
    return Figure(f"one-off share, {period.name}", share, "share", formula, tuple(inputs))


def _unplanned(look: FirstLook, period: Period) -> Figure:
    found = period.unplanned
    inputs = (
        ("created after the first day", f"{amount_words(found.amount, look.unit)} of {issues_words(found.issues)}"),
        ("both days known", f"{amount_words(found.known_amount, look.unit)} of {issues_words(found.known)}"),
    )
    share = None if found.share is None else exact(found.share)
    formula = "created after a quarter's first day and finished in it / all of which both days are known"
    return Figure(f"not planned, {period.name}", share, "share", formula, inputs)


def account_figure(look: FirstLook, row: AccountLook) -> Figure:
    """The part of all that an account took."""
    inputs = (
        ("issues that name it", f"{amount_words(row.amount, look.unit)} of {issues_words(row.issues)}"),
        ("one-offs among them", amount_words(row.one_offs, look.unit)),
        ("all", amount_words(look.total.amount, look.unit)),
    )
    share = exact(row.amount / look.total.amount) if look.total.amount else None
    formula = "what issues took that name it / what all took; one that names several counts for each"
    return Figure(f"share of {row.name[:60]}", share, "share", formula, inputs)


def rule_figure(look: FirstLook, row: RuleLook) -> Figure:
    """The part of all that a rule sorted."""
    inputs = (
        ("issues of which it is the first rule that matches", issues_words(row.issues)),
        ("what they took", amount_words(row.amount, look.unit)),
        ("all", amount_words(look.total.amount, look.unit)),
    )
    share = exact(row.amount / look.total.amount) if look.total.amount else None
    return Figure(f"share of {rule_words(row.rule)[:60]}", share, "share", "what it sorted / what all took", inputs)


def lead_figure(name: str, lead: Lead) -> Figure:
    """The median of days from created to finished."""
    within = "too few to say" if lead.most is None else days_words(lead.most)
    inputs = (("issues with both days, in order", f"{lead.issues:,}"), ("85% were finished within", within))
    value = None if lead.half is None else Fraction(lead.half)
    formula = f"median of days from the day of creation to that of the end; nothing of fewer than {LEAST_LEAD}"
    return Figure(f"lead time in days, {name}", value, "count", formula, inputs)
