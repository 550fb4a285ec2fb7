"""What the verdict asks of the room, and what is still missing: who decided and why, whose signatures it takes, whether
the purse pays. What was typed is a mapping of field names to text; :meth:`Asking.read` makes a decision of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from scenarios.figures.amounts import whole_percent
from scenarios.figures.readers import AS_DAY, day_in
from scenarios.plan.departures import Leaving
from scenarios.plan.mix import ONE_OFF, mix_of
from scenarios.rules.charter import holder_words, holders, may, principles_called, same_person
from scenarios.rules.one_offs import PurseError, purse_of, spend
from scenarios.trade.decision import Verdict
from scenarios.trade.door import Trade
from scenarios.verdict.minutes import Minutes
from scenarios.verdict.settlement import Key, Question, RoomDecision
from scenarios.verdict.signatures import NeededSignature, Signoff, refusal
from store.common.errors import Refused, refused_about
from store.common.text import capital
from store.records import Slice, State
from store.records.negotiation import Principle, Role

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: The lines that may stay empty, with their labels and what goes into them.
OPTIONAL: Mapping[str, tuple[str, str]] = {
    "present": ("present", "in the room, separated by commas"),
    "dissent": ("dissent", "who was against it, and why"),
    "conditions": ("conditions", "what it hangs on"),
    "review": ("review on", f"a day, {AS_DAY}"),
}
#: The line that is there where the charter has principles.
BREAKS: Mapping[str, tuple[str, str]] = {"breaks": ("breaks", "the principle it goes against")}
#: Every line of the verdict that is always the same; signatures have lines of their own.
FIELDS = ("by", "because", "purse", *OPTIONAL, *BREAKS)
_YES = frozenset({"y", "yes"})
_NO = frozenset({"", "n", "no"})


def line_of(need: NeededSignature, part: str) -> str:
    """The name of a signature's line; ``part`` is "signer" or "reason"."""
    return f"{part}:{need.right}:{need.item_id or ''}:{need.principle_id or ''}"


@dataclass(frozen=True)
class Asking:
    """What is asked of the room before this trade is settled with these out."""

    question: Question

    @classmethod
    def of(cls, trade: Trade, out: Sequence[Leaving] = (), after: Forecast | None = None) -> Asking:
        """``after`` is ``trade.after(out)``, where the caller has it."""
        return cls(Question.of(trade, out, after))

    @property
    def needed(self) -> tuple[NeededSignature, ...]:
        """The signatures that it takes."""
        return self.question.needed

    def heeding(self, typed: Mapping[str, str]) -> Asking:
        """What is asked once the principles that the room says it breaks are heeded, too.

        Raises :class:`Refused` for one that is not known.
        """
        with refused_about("breaks"):
            breaks = tuple(each.id for each in principles_called(self.state, typed.get("breaks", "")))
        return self if breaks == self.question.breaks else Asking(replace(self.question, breaks=breaks))

    @property
    def state(self) -> State:
        """The state on which it is asked."""
        return self.question.trade.state

    # -------------------------------------------------- who

    def decider(self, last: str = "") -> str:
        """Who is taken to decide until somebody says otherwise: the holder of the right concerned, else ``last``."""
        for need in self.needed:
            for role in holders(self.state, need.right, need.principle_id):
                return role.who.strip()
        if self.of_purse:
            return holders(self.state, "one-off")[0].who.strip()
        return last

    def signer(self, need: NeededSignature, by: str) -> str:
        """Who is taken to sign: who decides where they may or nobody holds the right, else its first holder."""
        if self._may(by, need):
            return by.strip()
        return holders(self.state, need.right, need.principle_id)[0].who.strip()

    def unseen(self, typed: Mapping[str, str]) -> tuple[NeededSignature, ...]:
        """The signatures that somebody else than who decides has to give, and nobody has looked at yet."""
        by = typed.get("by", "")
        return tuple(
            need
            for need in self.needed
            if not typed.get(line_of(need, "signer"), "").strip() and not self._may(by, need)
        )

    def _may(self, who: str, need: NeededSignature) -> bool:
        return not need.holder or may(self.state, who, need.right, need.principle_id)

    # -------------------------------------------------- principles

    @property
    def has_principles(self) -> bool:
        """Whether there is any principle that the room could break."""
        return bool(self.state.tables[Principle.table])

    # -------------------------------------------------- the purse

    @property
    def of_purse(self) -> bool:
        """Whether a one-off comes in that the purse could buy: somebody holds it, and it has a size."""
        entry = self.question.trade.subject
        coming = {item.id for item in self.question.trade.proposal.moves_in}
        return (
            entry is not None
            and entry.item.slice == ONE_OFF
            and entry.item.id in coming
            and entry.sized
            and bool(holders(self.state, "one-off"))
        )

    def purse_words(self, by: str) -> tuple[str, bool]:
        """What the line of the purse says, and whether it would pay with this person deciding."""
        try:
            self._spend(by)
        except PurseError as error:
            if may(self.state, by, "one-off"):
                return str(error), False
            return f"the purse is spent by {holder_words(self.state, 'one-off')} alone", False
        return f"from the purse: {purse_of(self.state).words}", True

    def pays(self, typed: Mapping[str, str]) -> bool:
        """Whether the purse pays: as somebody said, else where who decides holds it and it takes the item."""
        said = typed.get("purse", "").strip().casefold()
        if said:
            return said in _YES
        return self.of_purse and self.purse_words(typed.get("by", ""))[1]

    def _spend(self, by: str) -> None:
        entry = self.question.trade.subject
        if entry is not None:
            spend(self.state, entry, by, [each.item_id for each in self.question.out if each.stays is None])

    # -------------------------------------------------- who is not there

    def shrinking(self, present: str) -> tuple[str, ...]:
        """A sentence for each slice that shrinks while its owner is not among those present; none where nobody said who
        is present."""
        if not present.strip():
            return ()
        slices = list(self.state.all(Slice).values())
        before, after = (
            mix_of(self.question.trade.before.plan.entries, slices),
            mix_of(self.question.after.plan.entries, slices),
        )
        found = []
        for old, new in zip(before.slices, after.slices, strict=True):
            was, now = whole_percent(old.share), whole_percent(new.share)
            if now < was and new.owner.strip() and not is_there(self.state, new.owner, present):
                found.append(f"{new.name} {was}% → {now}%: {new.owner} not in the room")
        return tuple(found)

    # -------------------------------------------------- reading it

    def read(self, typed: Mapping[str, str], at: datetime) -> RoomDecision:
        """The decision that was typed. Raises :class:`Refused` for what is missing or cannot be."""
        if (heeding := self.heeding(typed)) is not self:
            return heeding.read(typed, at)
        by, because = typed.get("by", "").strip(), typed.get("because", "").strip()
        review = day_in({"review": "", **typed}, "review")
        conditions = typed.get("conditions", "").strip()
        signoffs: dict[Key, Signoff] = {}
        for need in self.needed:
            signoffs[need.key] = self._signoff(need, typed, by, because, Signoff("", "", conditions, review))
        said = typed.get("purse", "").strip().casefold()
        if said not in _YES | _NO:
            raise Refused("The purse pays, or it does not: yes or no.", "purse")
        pays = self.pays(typed)
        if pays:
            with refused_about("purse"):
                self._spend(by)
        minutes = Minutes(typed.get("present", "").strip(), typed.get("dissent", "").strip(), conditions, review)
        purse = by if pays else ""
        return RoomDecision(
            Verdict(by, because, at), minutes, signoffs=signoffs, purse=purse, breaks=self.question.breaks
        )

    def _signoff(
        self, need: NeededSignature, typed: Mapping[str, str], by: str, because: str, terms: Signoff
    ) -> Signoff:
        mine = self._may(by, need)
        who = typed.get(line_of(need, "signer"), "").strip() or (by if mine else "")
        reason = typed.get(line_of(need, "reason"), "").strip() or because
        if not who:
            words = f"{need.because}: it needs a name" + (f", of {need.holder}" if need.holder else "")
            raise Refused(f"{capital(words)}.", "by" if mine else line_of(need, "signer"))
        if not reason:
            own = mine and not typed.get(line_of(need, "signer"), "").strip()
            words = f"{need.because}: it needs a reason"
            raise Refused(f"{capital(words)}.", "because" if own else line_of(need, "reason"))
        signoff = Signoff(who, reason, terms.conditions, terms.review)
        if refused := refusal(self.state, need, signoff):
            raise Refused(f"{capital(refused)}.", line_of(need, "signer"))
        return signoff


def is_there(state: State, owner: str, present: str) -> bool:
    """Whether who speaks for a slice is present: by the same words, or as the person of a role of that name."""
    there = [name for name in re.split(r"[,;\n]", present) if name.strip()]
    names = {owner} | {role.who for role in state.all(Role).values() if same_person(role.name, owner)}
    return any(same_person(name, each) for name in names for each in there)
