"""Which slice an imported row belongs to: the first rule for its type, labels or components."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from store.imports.errors import ImportOptionError
from store.imports.options import RuleWish
from store.records import Record, RuleField, Slice, SliceRule, State, new_id

DEFAULT = "F"


class SliceChooser:
    """Applies the workspace's rules, with those of this import before them; collects what has no rule."""

    def __init__(self, state: State, wishes: Sequence[RuleWish]) -> None:
        slices = sorted(state.each(Slice), key=lambda one: (one.position, one.id))
        self._letters = {one.letter for one in slices}
        self._named = {name.casefold(): one.letter for one in slices for name in (one.name, one.letter)}
        self.default = DEFAULT if DEFAULT in self._letters or not slices else slices[0].letter
        #: records to write
        self.puts: list[Record] = []
        #: how often a slice was named that is none of these, and nothing else told which
        self.unknown: Counter[str] = Counter()
        #: how often a type without a rule was seen
        self.without_rule: Counter[str] = Counter()
        rules = sorted(state.each(SliceRule), key=lambda rule: (rule.position, rule.id))
        #: what was seen before -> its letter; rows repeat what they are
        self._chosen: dict[tuple[tuple[str, ...], ...], str | None] = {}
        self._rules = [*self._added(rules, wishes), *rules]

    def _added(self, rules: list[SliceRule], wishes: Sequence[RuleWish]) -> list[SliceRule]:
        """The wished rules as records; those that are there already are only put first if they say something else."""
        added: dict[tuple[str, str], SliceRule] = {}
        first = min((rule.position for rule in rules), default=0) - len(wishes)
        for at, wish in enumerate(wishes):
            if wish.slice not in self._letters:
                raise ImportOptionError(
                    f"--map: there is no slice {wish.slice}; the slices are {', '.join(sorted(self._letters))}."
                )
            key = (wish.field, wish.value.casefold())
            old = next((rule for rule in rules if (rule.field, rule.value.casefold()) == key), None)
            if old is None:
                rule = SliceRule(id=new_id(), field=wish.field, value=wish.value, slice=wish.slice, position=first + at)
            elif old.slice != wish.slice:
                rule = old.model_copy(update={"slice": wish.slice, "position": first + at})
            else:
                continue
            added[key] = rule
        self.puts.extend(added.values())
        return list(added.values())

    def choose(self, of: Mapping[RuleField, Sequence[str]], said: str = "") -> str:
        """The letter of the slice that a row names (``said``), else of the one for its types, labels and components."""
        if said and (named := self._letter_of(said)):
            return named
        seen = tuple(map(tuple, of.values()))
        if seen not in self._chosen:
            self._chosen[seen] = self.ruled(of)
        letter = self._chosen[seen]
        if letter is None and said:
            self.unknown[said] += 1
        elif letter is None:
            # Counter.update takes as long as all else here.
            for kind in of.get("type", ()):
                self.without_rule[kind] += 1
        return letter or self.default

    def _letter_of(self, said: str) -> str | None:
        """By its letter or name, else by the beginning of one name alone, as people say Quality for Quality & debt."""
        word = said.casefold()
        if word in self._named:
            return self._named[word]
        begun = {letter for name, letter in self._named.items() if name.startswith(f"{word} ")}
        return begun.pop() if len(begun) == 1 else None

    def ruled(self, of: Mapping[RuleField, Sequence[str]]) -> str | None:
        """The letter that a rule says; None where none does."""
        have = {name: {value.casefold() for value in values} for name, values in of.items()}
        if not have.get("type"):
            # Where a tool has no types, people write "Bug" as a label.
            have["type"] = have.get("label", set())
        for rule in self._rules:
            if rule.value.casefold() in have.get(rule.field, ()) and rule.slice in self._letters:
                return rule.slice
        return None
