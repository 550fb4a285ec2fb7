"""How many steps a pattern takes on a text: counted by a matcher that tries what ``re`` tries, in the same order.

It knows what our patterns are made of, and raises where one has something else.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from re import _constants as ops
from re import _parser as parser

Node = tuple[object, object]
Then = Callable[[int], bool]


class TooManyError(Exception):
    """The steps went over what was allowed."""


class Steps:
    """One text under one pattern."""

    def __init__(self, pattern: re.Pattern[str] | re.Pattern[bytes], text: str, most: int) -> None:
        words = pattern.pattern
        self._tree = parser.parse(words if isinstance(words, str) else words.decode("latin-1"), pattern.flags & ~32)
        self._flags = pattern.flags & (re.ASCII | re.IGNORECASE | re.DOTALL | re.MULTILINE)
        if isinstance(words, bytes):
            self._flags |= re.ASCII
        self._text, self._most = text, most
        self._ends: dict[int, tuple[int, int]] = {}
        self._starts: dict[int, int] = {}
        self.count = 0

    def anchored(self, *, whole: bool) -> int:
        """The steps of one try at the beginning; ``whole`` where it has to fit all of the text."""
        self._fits(list(self._tree), 0, lambda end: not whole or end == len(self._text))
        return self.count

    def anywhere(self) -> int:
        """The steps of finding all that fit, one after the other."""
        at = 0
        while at <= len(self._text):
            ended: list[int] = []
            self._ends.clear()
            found = self._fits(list(self._tree), at, lambda end, ended=ended: not ended.append(end))  # type: ignore[misc]
            at = max(ended[0], at + 1) if found else at + 1
        return self.count

    def _fits(self, nodes: Sequence[Node], at: int, then: Then) -> bool:
        self.count += 1
        if self.count > self._most:
            raise TooManyError
        if not nodes:
            return then(at)
        (op, value), rest = nodes[0], nodes[1:]
        if op in (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN):
            fits = at < len(self._text) and _one(str(op), _frozen(value), self._flags, self._text[at])
            return fits and self._fits(rest, at + 1, then)
        match op, value:
            case ops.AT, kind:
                return self._stands(kind, at) and self._fits(rest, at, then)
            case ops.BRANCH, (_, ways):
                return any(self._fits([*way, *rest], at, then) for way in ways)
            case ops.SUBPATTERN, (group, _, _, inside):
                return self._group(group, list(inside), at, lambda end: self._fits(rest, end, then))
            case ((ops.ASSERT | ops.ASSERT_NOT), (way, inside)):
                start = at if way > 0 else at - inside.getwidth()[0]
                there = start >= 0 and self._fits(list(inside), start, lambda end: way > 0 or end == at)
                return there == (op is ops.ASSERT) and self._fits(rest, at, then)
            case ops.GROUPREF, group:
                began, ended = self._ends[group]
                said = self._text[began:ended]
                return self._text.startswith(said, at) and self._fits(rest, at + len(said), then)
            case ops.ATOMIC_GROUP, inside:
                ends: list[int] = []
                found = self._fits(list(inside), at, lambda end: not ends.append(end))
                return found and self._fits(rest, ends[0], then)
            case ops.POSSESSIVE_REPEAT, (least, most, inside):
                return self._fits([(ops.ATOMIC_GROUP, [(ops.MAX_REPEAT, (least, most, inside))]), *rest], at, then)
            case ops.MAX_REPEAT, (least, most, [(ops.LITERAL | ops.NOT_LITERAL | ops.ANY | ops.IN, _)]):
                return self._run(least, most, value[2][0], at, rest, then)  # type: ignore[index]
            case ((ops.MAX_REPEAT | ops.MIN_REPEAT), (least, most, inside)):
                return self._repeat(op is ops.MAX_REPEAT, least, most, list(inside), at, 0, rest, then)
        raise AssertionError(f"a pattern has {op}, which is not counted yet")

    def _run(self, least: int, most: int, one: Node, at: int, rest: Sequence[Node], then: Then) -> bool:
        """As many as there are of one character, then ever fewer."""
        kind, value, end = str(one[0]), _frozen(one[1]), at
        while end < len(self._text) and end - at < most and _one(kind, value, self._flags, self._text[end]):
            end += 1
        self.count += end - at
        while end - at >= least:
            if self._fits(rest, end, then):
                return True
            end -= 1
        return False

    def _group(self, group: int | None, inside: list[Node], at: int, then: Then) -> bool:
        def after(end: int) -> bool:
            if group is not None:
                self._ends[group] = (at, end)
            return then(end)

        return self._fits(inside, at, after)

    def _repeat(
        self,
        greedy: bool,
        least: int,
        most: int,
        inside: list[Node],
        at: int,
        done: int,
        rest: Sequence[Node],
        then: Then,
    ) -> bool:
        def again() -> bool:
            # Once round without going on is round for good.
            return done < most and self._fits(
                inside,
                at,
                lambda end: (
                    (end > at or done < least) and self._repeat(greedy, least, most, inside, end, done + 1, rest, then)
                ),
            )

        if done < least:
            return again()
        return again() or self._fits(rest, at, then) if greedy else self._fits(rest, at, then) or again()

    def _stands(self, kind: object, at: int) -> bool:
        text, end = self._text, len(self._text)
        match kind:
            case ops.AT_BEGINNING | ops.AT_BEGINNING_STRING:
                return at == 0 or bool(self._flags & re.MULTILINE and text[at - 1] == "\n")
            case ops.AT_END:
                lines = self._flags & re.MULTILINE
                return at == end or (text[at] == "\n" and (bool(lines) or at == end - 1))
            case ops.AT_BOUNDARY | ops.AT_NON_BOUNDARY:
                word = [0 <= each < end and bool(re.match(r"\w", text[each], self._flags)) for each in (at - 1, at)]
                return (word[0] != word[1]) == (kind is ops.AT_BOUNDARY)
        raise AssertionError(f"a pattern has {kind}, which is not counted yet")


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=100_000)
def _one(op: str, value: object, flags: int, character: str) -> bool:
    """Whether one character fits one part."""
    spellings = {character, character.lower(), character.upper()} if flags & re.IGNORECASE else {character}
    match op:
        case "ANY":
            return character != "\n" or bool(flags & re.DOTALL)
        case "LITERAL":
            return chr(value) in spellings  # type: ignore[arg-type]
        case "NOT_LITERAL":
            return chr(value) not in spellings  # type: ignore[arg-type]
    inside, turned = False, False
    for kind, part in value:  # type: ignore[attr-defined]
        match str(kind):
            case "NEGATE":
                turned = True
            case "LITERAL":
                inside |= chr(part) in spellings
            case "RANGE":
                inside |= any(part[0] <= ord(each) <= part[1] for each in spellings if len(each) == 1)
            case "CATEGORY":
                name = str(part).removeprefix("CATEGORY_")
                letter = name.removeprefix("NOT_")[0]
                letter = letter if name.startswith("NOT_") else letter.lower()
                inside |= bool(re.match(rf"\{letter}", character, flags))
    return inside != turned


def pieces_of(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[str]:
    """What a long text can be made of to keep a pattern busy: characters of its parts, those that it repeats first, two
    of them in turn, and what fits it up to what it repeats."""
    words = pattern.pattern
    tree = parser.parse(words if isinstance(words, str) else words.decode("latin-1"), pattern.flags & ~32)
    often: dict[str, None] = {}
    once: dict[str, None] = {}

    def look(nodes: Iterable[Node], found: dict[str, None]) -> None:
        for op, value in nodes:
            match op, value:
                case ((ops.LITERAL | ops.IN), _):
                    found[_least([(op, value)])] = None
                case ops.BRANCH, (_, ways):
                    for way in ways:
                        look(list(way)[:1], found)
                case (ops.SUBPATTERN, (_, _, _, inside)) | ((ops.ASSERT | ops.ASSERT_NOT), (_, inside)):
                    look(inside, found)
                case ((ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT), (_, most, inside)):
                    look(inside, often if most is ops.MAXREPEAT else found)

    look(tree, once)
    letters = list(often | once)[:5]
    nodes = list(tree)
    begun = {
        _least(nodes[:at]): None
        for at, (op, value) in enumerate(nodes)
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[1] is ops.MAXREPEAT  # type: ignore[index]
    }
    pairs = ["".join(pair) for pair in itertools.combinations(letters[:3], 2)]
    return [*letters, *pairs, *(each for each in begun if 1 < len(each) < 20)]


def _least(nodes: Iterable[Node]) -> str:
    """A short text that fits, as far as that is simple to say."""
    said = ""
    for op, value in nodes:
        match op, value:
            case ops.LITERAL, code:
                said += chr(code)
            case ops.IN, parts:
                kind, part = parts[-1]
                category = str(part).removeprefix("CATEGORY_").removeprefix("NOT_")[:1]
                said += (
                    chr(part) if kind is ops.LITERAL
                    else chr(part[0]) if kind is ops.RANGE
                    else {"D": "1", "S": " ", "W": "a"}[category]
                )  # fmt: skip
            case ops.BRANCH, (_, ways):
                said += _least(ways[0])
            case ops.SUBPATTERN, (_, _, _, inside):
                said += _least(inside)
            case ((ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT), (least, _, inside)):
                said += _least(inside) * least
    return said


def grows(pattern: re.Pattern[str] | re.Pattern[bytes], how: str, length: int) -> str | None:
    """What makes a text on which the steps grow faster than its length; None where nothing does that was tried.

    ``how`` is match, fullmatch or search, which stands for all that look anywhere in a text.
    """
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 60 * length + 5_000))
    pieces = pieces_of(pattern)
    for before in ("", *pieces[:1]):
        for piece in pieces:
            counts = []
            for times in (1, 2, 3):
                text = before + piece * (times * length // len(piece)) + "\x00"
                # Far more than any of ours takes for each character.
                counted = Steps(pattern, text, 400 * len(text))
                try:
                    counts.append(counted.anywhere() if how == "search" else counted.anchored(whole=how == "fullmatch"))
                except TooManyError:
                    return piece
            # As many more from two to three as from one to two. One that looks at a run again from each of its
            # characters takes length * length more.
            if counts[2] - 2 * counts[1] + counts[0] > 4 * length:
                return piece
    return None
