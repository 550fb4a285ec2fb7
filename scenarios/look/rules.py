"""Which slice a finished issue belongs to: rules on its type, labels, components, customers and title; the first that
matches counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from scenarios.look.titles import AccountsInTitles
from store.common.errors import Refused
from store.common.issues import Issue
from store.common.spellings import spelling
from store.common.text import clean
from store.records import Customer, Slice, SliceRule, State
from store.records.account_names import AccountNames, names_of

LookField = Literal["type", "label", "component", "customer", "title"]
#: Any customer, or any account of the list in a title, where it is one or two: who names more tells of demand.
ANY = "*"
MOST_ANY = 2
#: Rules on what a tracker calls features, which an import need not tell from the rest.
_FEATURES = ("story", "user story", "feature", "new feature", "improvement", "enhancement")
MAX_VALUE = 200


@dataclass(frozen=True)
class LookRule:
    """What of ``field`` is ``value`` belongs to the slice of that letter; ``own``: somebody said so for this look."""

    field: LookField
    value: str
    slice: str
    own: bool = False

    @property
    def text(self) -> str:
        """As it is typed."""
        return f"{self.field}:{self.value}={self.slice}"

    @property
    def kept(self) -> bool:
        """Whether a workspace has rules of this kind."""
        return self.field in ("type", "label", "component")

    def same(self, other: LookRule) -> bool:
        """Whether another one is about the same."""
        return (self.field, self.value.casefold()) == (other.field, other.value.casefold())


def read_rule(text: str, letters: Iterable[str]) -> LookRule:
    """The rule in ``label:escalation=O``. Raises Refused with what is missing."""
    left, equals, letter = text.rpartition("=")
    kind, colon, value = left.partition(":")
    value, letter, kind = clean(value), letter.strip().upper(), kind.strip().casefold()
    field = next((one for one in get_args(LookField) if kind in (one, f"{one}s")), None)
    if field is None or not equals or not colon or not value:
        raise Refused(
            f"“{clean(text)[:60]}” is not a rule: write type, label, component, customer or title, what it is, and a "
            "slice's letter, as label:escalation=O; customer:*=O is any customer, title:*=O any account's name",
            "rule",
        )
    if len(value) > MAX_VALUE:
        raise Refused(f"What a rule looks for has at most {MAX_VALUE} characters", "rule")
    known = list(letters)
    if letter not in known:
        raise Refused(
            f"“{clean(text)[:60]}”: there is no slice “{letter[:10]}”; the slices are {', '.join(known)}", "rule"
        )
    return LookRule(field, value, letter, own=True)


def letters_of(state: State) -> list[str]:
    """The letters of the slices that there are, in their order."""
    return [row.letter for row in sorted(state.each(Slice), key=lambda row: (row.position, row.id))]


def usual_rules(state: State) -> tuple[LookRule, ...]:
    """The rules of a workspace, or a fresh one, then those of features, then who is named: a bug that a customer sent
    is a bug."""
    letters = {row.letter for row in state.each(Slice)}
    rows = sorted(state.each(SliceRule), key=lambda row: (row.position, row.id))
    found = [LookRule(row.field, row.value, row.slice) for row in rows]
    features = [LookRule("type", name, "F") for name in _FEATURES]
    found += [rule for rule in features if not any(rule.same(each) for each in found)]
    found += [LookRule("customer", ANY, "O"), LookRule("title", ANY, "O")]
    return tuple(rule for rule in found if rule.slice in letters)


def with_rules(own: Sequence[LookRule], usual: Sequence[LookRule]) -> tuple[LookRule, ...]:
    """What somebody says first, then the usual ones about anything else."""
    once = [rule for at, rule in enumerate(own) if not any(rule.same(each) for each in own[at + 1 :])]
    return (*once, *(rule for rule in usual if not any(rule.same(each) for each in once)))


@dataclass(frozen=True, slots=True)
class Sorted:
    """An issue with its slice (empty: no rule says one), the rule that said so (None: its own slice column did, or
    nothing), how many rules matched, and the accounts that it names, as they are called."""

    issue: Issue
    letter: str
    rule: LookRule | None
    matched: int
    accounts: tuple[str, ...]


class Sorter:
    """Sorts issues by rules; ``accounts`` are known by all their names, ``customers`` are names that issues give."""

    def __init__(
        self,
        rules: Sequence[LookRule],
        slices: Sequence[Slice],
        accounts: Sequence[Customer],
        customers: Iterable[str] = (),
    ) -> None:
        self._rules = rules
        self._named = {name.casefold(): one.letter for one in slices for name in (one.name, one.letter)}
        self._accounts = AccountNames(accounts)
        self._called: dict[str, str] = {}
        names = {name: account.name for account in accounts for name in names_of(account)}
        self._titles = AccountsInTitles({**{name: self._account(name) for name in customers}, **names})
        self._about: list[tuple[int, LookRule, str]] = []
        self._kinds: dict[tuple[LookField, str], list[int]] = {}
        for at, rule in enumerate(rules):
            if rule.field in ("customer", "title"):
                self._about.append((at, rule, spelling(rule.value)))
            else:
                self._kinds.setdefault((rule.field, rule.value.casefold()), []).append(at)
        #: what was seen before -> the rules that it matches; issues repeat what they are
        self._seen: dict[tuple[tuple[str, ...], ...], tuple[int, ...]] = {}

    def sort(self, issue: Issue) -> Sorted:
        """One issue."""
        kinds = issue.types, issue.labels, issue.components
        if (found := self._seen.get(kinds)) is None:
            found = self._seen[kinds] = self._of_kinds(*kinds)
        customers = tuple(dict.fromkeys(map(self._account, issue.customers)))
        in_title = self._titles.of(issue.title)
        accounts = tuple(dict.fromkeys((*customers, *in_title)))
        matched = sorted((*found, *self._of_names(issue.title, customers, in_title)))
        if letter := self._named.get(issue.slice.casefold()) if issue.slice else None:
            return Sorted(issue, letter, None, len(matched), accounts)
        if not matched:
            return Sorted(issue, "", None, 0, accounts)
        rule = self._rules[matched[0]]
        return Sorted(issue, rule.slice, rule, len(matched), accounts)

    def _account(self, name: str) -> str:
        """What the account of that name is called: as in the list, else as its first spelling here."""
        known = self._accounts.called(name)
        return known.name if known is not None else self._called.setdefault(spelling(name), name)

    def _of_kinds(
        self, types: tuple[str, ...], labels: tuple[str, ...], components: tuple[str, ...]
    ) -> tuple[int, ...]:
        # Where a tool has no types, people write "Bug" as a label.
        fields: tuple[tuple[LookField, tuple[str, ...]], ...] = (
            ("type", types or labels),
            ("label", labels),
            ("component", components),
        )
        found = {
            at for field, values in fields for value in values for at in self._kinds.get((field, value.casefold()), ())
        }
        return tuple(sorted(found))

    def _of_names(self, title: str, customers: tuple[str, ...], in_title: tuple[str, ...]) -> Iterable[int]:
        for at, rule, wanted in self._about:
            if rule.field == "customer":
                named = customers
                hit = any(spelling(name) == wanted for name in customers)
            else:
                named = in_title
                hit = rule.value != ANY and rule.value.casefold() in title.casefold()
            if hit or (rule.value == ANY and 1 <= len(named) <= MOST_ANY):
                yield at
