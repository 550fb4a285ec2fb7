"""The demonstration's charter: who has which role and right, the principles, and the charter's figures."""

from __future__ import annotations

from collections.abc import Iterator

from store.records import Record, new_id
from store.records.negotiation import Charter, OldVersion, Principle, Right, RightKind, Role

#: Role, the person of the demonstration who has it, and the rights that it holds.
_ROLES: tuple[tuple[str, str, tuple[RightKind, ...]], ...] = (
    ("Sales lead", "Luis", ("one-off",)),
    ("Product lead", "Priya", ("over ceiling", "below return", "break a principle")),
    ("Engineering lead", "Marek", ("under target",)),
    ("Support lead", "Nils", ()),
    ("Marketing lead", "Helena", ()),
)
_PRINCIPLES = (
    ("One product, no forks", "What one customer gets, every customer could switch on."),
    ("A platform before a third of a kind", "Two one-offs alike are chance; the third asks for one thing under all."),
    ("No date without engineering", "A date is told to a customer when whoever builds it has said it."),
    ("What is found goes before what is new", "A finding of an audit or a penetration test is planned first."),
)


def charter_records() -> Iterator[Record]:
    """All of it, under new numbers."""
    yield Charter(
        id=new_id(),
        rate=12_000.0,
        licence=9_000.0,
        evidence_rules="Demand counts by customers who said so; the deal that is being sold does not.",
        credit_standard=100.0,
        credit_one_off=-50.0,
        stance="product",
    )
    yield OldVersion(id=new_id(), name="2025 autumn", back=1, upkeep=1.0, customers=4)
    yield OldVersion(id=new_id(), name="2025 spring", back=2, upkeep=1.5, customers=2)
    for position, (name, note) in enumerate(_PRINCIPLES):
        yield Principle(id=new_id(), name=name, note=note, position=position)
    for position, (name, who, rights) in enumerate(_ROLES):
        role = Role(id=new_id(), name=name, who=who, position=position)
        yield role
        for kind in rights:
            yield Right(id=new_id(), kind=kind, role_id=role.id)
