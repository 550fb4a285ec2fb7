"""What ``makeroom card``, ``facts`` and ``waits`` say with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date

from tui.cli.outputs import OUTPUTS, FigureOut, LeavingOut, Output, SizeOut, WaitOut


class CardEvidenceOut(Output):
    """A line of evidence, by the ``number`` that takes it away; from the deal being sold it does not count."""

    number: int
    customers: int
    segment: str
    source: str
    from_deal: bool


class CardClaimOut(Output):
    """One of the five claims: whether it was made, its evidence (empty: asserted), and what is on record beside it."""

    kind: str
    made: bool
    evidence: str
    on_record: str


class CardCostOut(Output):
    """A hidden cost: ew once, or a share (0..1) of the build, and upkeep in ew a quarter."""

    kind: str
    effort: float | None
    share: float | None
    upkeep: float


class StakeholderOut(Output):
    """Somebody whom a request concerns, by the ``number`` that takes them away: their part in it, where they stand."""

    number: int
    name: str
    part: str
    stance: str


class CardCommitmentOut(Output):
    """What was promised of an item."""

    kind: str
    who: str
    due: date | None


class NamedOut(Output):
    """An item by its number and its title."""

    id: int
    title: str


class CardOut(Output):
    """``makeroom card``: all that a request carries; what nobody gave is empty or null, and named in ``not_given``.

    ``opposed`` says who wants opposed things, where somebody does.

    ``changed`` is whether this command changed it, ``event`` the journal's number of that. ``unconfirmed`` says why its
    size does not count as confirmed; empty where it does. ``proof`` is that of the savings; empty: asserted.
    """

    changed: bool
    event: int | None
    id: int
    key: str | None
    title: str
    state: str
    asked_on: date | None
    asked_by: str
    sponsor: str
    owner: str
    problem: str
    solution: str
    alternatives: str
    hypothesis: str
    customer: str
    waits: list[WaitOut]
    segment: str
    helps: str
    hurts: str
    stakeholders: list[StakeholderOut]
    opposed: str
    buyer_value: str
    user_value: str
    success: str
    adoption_aim: float | None
    impact: float | None
    confidence: float | None
    ease: float | None
    deal: float | None
    probability: float | None
    closes: date | None
    renewal: float | None
    renews: date | None
    stage: str | None
    security: str
    security_by: date | None
    security_passed: bool | None
    service_level: str
    savings: float | None
    price: float | None
    proof: str
    pricing: str
    claimed: str
    sizes: list[SizeOut]
    unconfirmed: str
    slice: str
    one_off_kind: str | None
    home: str | None
    verdict: str | None
    offloads: str
    evidence: list[CardEvidenceOut]
    commitments: list[CardCommitmentOut]
    pinned: str | None
    due: date | None
    needs: list[NamedOut]
    hidden: list[CardCostOut]
    precedent: str
    principle: str
    stance: str
    claims: list[CardClaimOut]
    figures: list[FigureOut]
    not_given: list[str]


class FactOut(Output):
    """A line of the facts card, the lines beneath it, and the figures behind it."""

    about: str
    text: str
    more: list[str]
    figures: list[FigureOut]


class FactsOut(Output):
    """``makeroom facts``: ``how`` says what leaves for it, or why nothing does, and ``out`` what that is."""

    id: int
    title: str
    how: str
    out: list[LeavingOut]
    facts: list[FactOut]


class WaitingOut(Output):
    """A customer who waits, once, with what they wait for; ``counts`` where they renew within the horizon."""

    name: str
    arr: float | None
    renews: date | None
    counts: bool
    items: list[NamedOut]


class WaitsOut(Output):
    """``makeroom waits``: who waits, soonest renewal first; the horizon is from ``since`` to ``until``, both included.

    ``renewing`` is the yearly revenue that renews within it, ``revenue`` that of all who wait, as far as it is known:
    null where of nobody, ``revenue_known_for`` says of how many.
    """

    scope: str
    since: date
    until: date
    customers: list[WaitingOut]
    renewing: float | None
    revenue: float | None
    revenue_known_for: int
    figures: list[FigureOut]


OUTPUTS.update({"card": CardOut, "facts": FactsOut, "waits": WaitsOut})
