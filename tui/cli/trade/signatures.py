"""What a decision on the command line says besides who and why: signatures, the purse, and what goes on record."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scenarios.rules.charter import may, principles_called
from scenarios.trade.decision import Verdict
from scenarios.verdict.minutes import Minutes
from scenarios.verdict.settlement import Key, RoomDecision
from scenarios.verdict.signatures import NeededSignature, Signoff, refusal
from store.common.errors import Refused, refused_about
from store.records import State
from store.records.negotiation import RightKind
from tui.cli.outputs import NeededOut
from tui.cli.printing import short
from tui.cli.trade.signature_arguments import SIGNED


@dataclass(frozen=True)
class TypedDecision:
    """What was typed of a decision; ``signatures`` are (name, reason) by right."""

    by: str
    because: str
    sign: bool
    purse: bool = False
    minutes: Minutes = field(default_factory=Minutes)
    signatures: Mapping[RightKind, tuple[str, str]] = field(default_factory=dict)
    #: names of principles that it breaks, besides those on the cards
    breaks: tuple[str, ...] = ()

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> TypedDecision:
        """Raises Refused for a signature that cannot be read."""
        minutes = Minutes(arguments.present, arguments.dissent, arguments.conditions, arguments.review)
        signatures = dict(_signature(text) for text in arguments.signature)
        breaks = tuple(arguments.breaks)
        return cls(arguments.by, arguments.because, arguments.sign, arguments.purse, minutes, signatures, breaks)

    @property
    def over_commits(self) -> bool:
        """Whether somebody signs for a plan below its target."""
        return self.sign or "under target" in self.signatures

    def broken(self, state: State) -> tuple[int, ...]:
        """The principles (ids) that it breaks, besides those on the cards. Raises Refused for what is none."""
        with refused_about(before="--breaks: "):
            return tuple(each.id for each in principles_called(state, ";".join(self.breaks)))

    def decision(self, state: State, needed: Iterable[NeededSignature], at: Verdict) -> RoomDecision:
        """The room's decision; what is not signed by anybody has no signature in it. ``at`` is who, why and when."""
        signoffs: dict[Key, Signoff] = {}
        for need in needed:
            signoff = self._signoff(state, need)
            if signoff is not None:
                signoffs[need.key] = signoff
        purse = self.by if self.purse else ""
        return RoomDecision(at, self.minutes, signoffs=signoffs, purse=purse, breaks=self.broken(state))

    def _signoff(self, state: State, need: NeededSignature) -> Signoff | None:
        terms = self.minutes.conditions, self.minutes.review
        if need.right in self.signatures:
            return Signoff(*self.signatures[need.right], *terms)
        own = need.right != "under target" and may(state, self.by, need.right, need.principle_id)
        return Signoff(self.by, self.because, *terms) if self.sign or own else None


def _signature(text: str) -> tuple[RightKind, tuple[str, str]]:
    parts = [part.strip() for part in text.split(":", 2)]
    right = next((kind for kind in SIGNED if kind == parts[0].casefold()), None)
    if right is None:
        raise Refused(f"“{short(parts[0], 60)}” is not a right that is signed for: they are {', '.join(SIGNED)}")
    if len(parts) < 3 or not parts[1] or not parts[2]:
        raise Refused(f"a signature is 'RIGHT: NAME: REASON', as '{right}: Jo Field: the renewal of the year'")
    return right, (parts[1], parts[2])


def unsigned(
    state: State, needed: Iterable[NeededSignature], decision: RoomDecision
) -> list[tuple[NeededSignature, str]]:
    """Each signature that is missing or refused, with why."""
    found = []
    for need in needed:
        signoff = decision.signoffs.get(need.key)
        words = need.words if signoff is None else refusal(state, need, signoff)
        if words:
            found.append((need, words))
    return found


def needed_of(needed: Sequence[NeededSignature]) -> list[NeededOut]:
    """The signatures as output."""
    return [
        NeededOut(
            right=need.right,
            because=need.because,
            holder=need.holder,
            figure=need.figure.amount if need.figure is not None else None,
            bound=None if need.bound is None else float(need.bound),
            item=need.item_id if need.item_id is None or need.item_id > 0 else None,
        )
        for need in needed
    ]
