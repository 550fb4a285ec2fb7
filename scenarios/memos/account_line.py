"""Where one request stands, as its customer is told: answer, quarter, promise, and what is not as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from scenarios.decisions.answers import StandingAnswer, answers_of
from scenarios.memos.other_names import folded
from scenarios.memos.template import plain
from scenarios.plan.progress import finished_days
from scenarios.rules.commitments import GIVEN, commitments_of
from store.records import Customer, Decision, Item, Move, Progress, State
from store.records.negotiation import Commitment, WayKind

#: What is said of an answer while its item is in plan; ``{quarter}`` is the quarter.
PLANNED: Mapping[WayKind, str] = {
    "smaller first version": "is planned for {quarter} as a first version",
    "configure": "is planned for {quarter}, by configuration",
    "package": "is planned for {quarter}, as a package of its own",
    "services": "is offered by our services, with our part in {quarter}",
    "partner": "is offered together with a partner, with our part in {quarter}",
    "proof of concept": "is planned for {quarter} as a proof of concept",
    "pilot": "is planned for {quarter} as a pilot",
    "buy": "is planned for {quarter}, with a product that we buy",
}
#: The same while it is not in plan: what takes nothing of the teams holds, what was begun is not planned on.
ELSEWHERE: Mapping[WayKind, str] = {
    "configure": "is answered by configuration",
    "package": "is offered as a package of its own",
    "services": "is offered by our services",
    "partner": "is offered together with a partner",
    "buy": "is covered by a product that we buy",
}
#: And once it is done.
DONE: Mapping[WayKind, str] = {
    "smaller first version": "is done as a first version",
    "proof of concept": "is done as a proof of concept; what follows is not decided",
    "pilot": "is done as a pilot; what follows is not decided",
    "configure": "is done, by configuration",
    "package": "is done, as a package of its own",
    "services": "is offered by our services, and our part is done",
    "partner": "is offered together with a partner, and our part is done",
    "buy": "is done, with a product that we buy",
}
_AS: Mapping[WayKind, str] = {
    "smaller first version": " as a first version",
    "proof of concept": " as a proof of concept",
    "pilot": " as a pilot",
}
#: Those of which less was promised, or done, than was asked for.
LESS: frozenset[WayKind] = frozenset({"smaller first version", "proof of concept", "pilot"})


@dataclass(frozen=True)
class RequestStanding:
    """Where a request stands at one moment; ``words`` begin with a verb and are Markdown."""

    words: str
    planned: bool
    less: bool
    quarter: str
    over: bool = False


class AccountSide:
    """One end of what the page tells of: the workspace then, with what it may say of it."""

    def __init__(self, state: State, customer: Customer, may_say: Callable[[str], bool]) -> None:
        self.state, self._own, self._may_say = state, customer, may_say
        self._answers = answers_of(state)
        self.finished = finished_days(state)
        self._begun = {row.item_id for row in state.each(Progress) if row.spent > 0 or row.started_on is not None}
        name = state.quarter.name
        self.quarter = plain(name) if may_say(name) else "this quarter"

    def standing(self, item: Item) -> RequestStanding:
        """Where a request stands."""
        answer = self._answers.get(item.id)
        less = answer is not None and answer.kind in LESS
        done = self.done(item)
        planned, over = item.state == "plan" and not done, done or item.state == "declined"
        return RequestStanding(self._words(item, answer), planned, less, self.quarter, over)

    def done(self, item: Item) -> bool:
        """Whether it is done, also before its quarter is closed."""
        return item.state == "done" or (item.state == "plan" and item.id in self.finished)

    def _words(self, item: Item, answer: StandingAnswer | None) -> str:
        kind: WayKind = answer.kind if answer is not None else "swap"
        version = self._version(answer)
        if self.done(item):
            return DONE.get(kind, "is done") + version
        if item.state == "plan":
            planned = PLANNED.get(kind, "is planned for {quarter}").format(quarter=self.quarter) + version
            return f"{planned}, and begun" if item.id in self._begun else planned
        if item.state == "declined":
            return "will not be done"
        if answer is not None and kind in ELSEWHERE:
            return ELSEWHERE[kind]
        if answer is not None and kind == "sequence" and answer.way is not None and answer.way.due is not None:
            return self._put_off(answer.way.due)
        if item.state == "inbox":
            return "is not decided yet"
        return f"is on our list{_AS.get(kind, '')}{version}, not in {self.quarter}"

    def _put_off(self, due: date) -> str:
        quarter = self.state.quarter
        if due < quarter.starts:
            return f"is on our list, not in {self.quarter}; it was to come up on {due.isoformat()}"
        if due <= quarter.ends:
            return f"is on our list, to come up in {self.quarter}, and not planned so far"
        return f"is on our list, to come up again on {due.isoformat()}"

    def _version(self, answer: StandingAnswer | None) -> str:
        """What a first version is called, where that may be said."""
        if answer is None or not answer.version or not self._may_say(answer.version):
            return ""
        return f", “{plain(answer.version)}”"

    def promises(self, item: Item) -> dict[int, Commitment]:
        """What was promised of it to this customer, by number; to others, or nobody known, is not theirs to read."""
        return {row.id: row for row in commitments_of(self.state, item.id) if row.kind in GIVEN and self.theirs(row)}

    def theirs(self, row: Commitment) -> bool:
        """Whether a promise was given to this customer: by a name that it goes by, or by first words of one that no
        other customer's begins with."""
        who = folded(row.who)
        if who in map(folded, _names(self._own)):
            return True
        begin = {
            one.id
            for one in self.state.each(Customer)
            if any(f"{folded(name)} ".startswith(f"{who} ") for name in _names(one))
        }
        return begin == {self._own.id}


def _names(customer: Customer) -> tuple[str, ...]:
    return customer.name, *customer.also.splitlines()


def line_of(began: AccountSide, ended: AccountSide, item: Item, day: date, new: bool) -> tuple[str, bool]:
    """(a request's line behind its name, whether it is not as it was). ``new``: it was not on a page before."""
    now = ended.standing(item)
    old = began.state.all(Item).get(item.id)
    promised, kept = _promises(began, ended, item, day, None if new else old)
    changed = "; it is new on this page" if new else ""
    if not new and old is not None:
        changed = _changed(began.standing(old), now)
    return f"{now.words}{changed}{promised}.", bool(changed) or kept


def _changed(was: RequestStanding, now: RequestStanding) -> str:
    if was.words.replace(was.quarter, now.quarter) == now.words and (was.words == now.words or not now.planned):
        return ""
    if was.planned and not now.planned and not now.over:
        ended = was.quarter != now.quarter
        return f"; it was not finished in {was.quarter}" if ended else f"; it is no longer planned for {was.quarter}"
    if now.less and not was.less and was.planned:
        return f"; that is less than was planned for {was.quarter} before"
    before = was.words.replace("is ", "was ", 1) if was.words.startswith("is ") else "was not to be done"
    return f"; before, it {before}"


def _promises(began: AccountSide, ended: AccountSide, item: Item, day: date, old: Item | None) -> tuple[str, bool]:
    """(what is said of the promises behind the state, whether any is new, another or gone)."""
    before = began.promises(old) if old is not None else {}
    now = ended.promises(item)
    said, changed = [], False
    for key, row in sorted(now.items(), key=lambda pair: (pair[1].due or date.max, pair[0])):
        words, was = _promise(row, item, ended, day), before.get(key)
        if was is not None and was.due != row.due:
            words += f" (before: {'by ' + was.due.isoformat() if was.due else 'without a day'})"
        changed = changed or was is None or was.due != row.due
        said.append(words)
    for key, row in sorted(before.items()):
        if key not in now:
            changed = True
            said.append(f"the promise{f' for {row.due.isoformat()}' if row.due else ''} was taken back")
    return "".join(f"; {words}" for words in said), changed


def _promise(row: Commitment, item: Item, side: AccountSide, day: date) -> str:
    if row.due is None:
        return "promised, without a day" + (", and kept" if side.done(item) else "")
    due = row.due.isoformat()
    if side.done(item):
        told = side.finished.get(item.id)
        if told is not None and told > row.due:
            return f"promised by {due}, done on {told.isoformat()}"
        done = told or _done_on(side.state, item.id)
        if done is None:
            return f"promised by {due}, and done"
        return f"promised by {due}, and kept" if done <= row.due else f"promised by {due}, done by {done.isoformat()}"
    if row.due < day:
        return f"promised by {due}, and late"
    return f"promised by {due}"


def _done_on(state: State, item_id: int) -> date | None:
    """The day on which it was said to be done, that of its quarter's end; None where that is not on record."""
    closes = {row.id: row.at.date() for row in state.each(Decision) if row.kind == "close"}
    days = [closes[row.decision_id] for row in state.each(Move) if row.item_id == item_id and row.decision_id in closes]
    return max(days, default=None)
