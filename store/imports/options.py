"""What the user may say about an import, and reading it from words such as ``Pay=34.0`` and ``label:security=I``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, get_args

from store.common.errors import Refused
from store.common.limits import MOST_EW
from store.common.team_names import read_team
from store.common.text import clean
from store.imports.dates import Order
from store.imports.errors import ImportOptionError
from store.imports.numbers import number
from store.records import RuleField

Choice = Literal["here", "source"]
Parents = Literal["auto", "both"]
DecimalSign = Literal["comma", "point"]


@dataclass(frozen=True)
class TeamWish:
    """A team to use; ``net`` sets its capacity in the quarter, in engineer-weeks.

    Where the file has another name for it, that is ``called``; without a ``name``, what is called so is no team.
    """

    name: str
    net: float | None = None
    called: str = ""

    @property
    def said(self) -> str:
        """As it is typed."""
        if self.called:
            return f"{self.called} -> {self.name}".rstrip()
        return self.name if self.net is None else f"{self.name}={self.net:g}"


@dataclass(frozen=True)
class RuleWish:
    """A slice rule to add: what of ``field`` is ``value`` belongs to the slice of that letter."""

    field: RuleField
    value: str
    slice: str


@dataclass(frozen=True)
class Mend:
    """What somebody says of one row in place of what the file says; empty where the file counts.

    ``size`` is written as in a file, a bare number in engineer-weeks, "none" for no size. ``taken`` says whether the
    row is taken, whatever else speaks for or against it; None: as without a mend.
    """

    title: str = ""
    size: str = ""
    team: str = ""
    taken: bool | None = None

    @property
    def _state(self) -> str:
        return {True: "taken", False: "left", None: ""}[self.taken]

    @property
    def words(self) -> str:
        """What is mended, in words."""
        title = f"“{self.title}”" if self.title else ""
        size = f"size {self.size}" if self.size else ""
        team = f"team {self.team}" if self.team else ""
        return ", ".join(filter(None, (title, size, team, self._state)))

    def said(self, line: int) -> list[str]:
        """As :func:`mends_of` reads it, for the row of a line."""
        fields = {"title": self.title, "size": self.size, "team": self.team, "state": self._state}
        return [f"{line}.{name}={value}" for name, value in fields.items() if value]


@dataclass(frozen=True)
class ImportOptions:
    """How a file is to be read; rates are per engineer-week and go before the workspace's remembered ones."""

    points_per_ew: float | None = None
    hours_per_ew: float | None = None
    #: field -> name of its column, empty for none
    columns: Mapping[str, str] = field(default_factory=dict)
    #: the first is the one for items that name no team
    teams: tuple[TeamWish, ...] = ()
    rules: tuple[RuleWish, ...] = ()
    include_done: bool = False
    #: whether rows are taken that are hidden in the sheet
    include_hidden: bool = False
    dates: Order | None = None
    #: whether finished rows that say what they took become history
    history: bool = False
    #: whether work is taken as interrupts that came and was done within the quarter; for this one import
    interrupts: bool = False
    #: "both" takes parents and their parts alike; "auto" one of the two, see :mod:`store.imports.parents`
    parents: Parents = "auto"
    #: names of columns that are taken for nothing, whatever they are called
    ignored: tuple[str, ...] = ()
    #: a status -> whether its rows are taken, whatever else says that they are over or not
    statuses: Mapping[str, bool] = field(default_factory=dict)
    #: what stands before the decimals of numbers; None: judged from the columns
    decimal: DecimalSign | None = None
    #: what happens to what was changed both here and in the source; None keeps it as here, and asks again next time
    on_conflict: Choice | None = None
    #: (item id, field) -> what was chosen for that one; goes before ``on_conflict``
    choices: Mapping[tuple[int, str], Choice] = field(default_factory=dict)
    #: the line or row of the file -> what counts of it instead; for this one import, so no mapping keeps it
    mends: Mapping[int, Mend] = field(default_factory=dict)
    #: the day of the file, as of which it tells how far its rows are; None: today
    on: date | None = None

    def __post_init__(self) -> None:
        for rate in (self.points_per_ew, self.hours_per_ew):
            if rate is not None and not 0 < rate <= 1e6:
                raise ImportOptionError("A rate per engineer-week must be a number above 0 and at most 1,000,000.")


def team_wish(text: str) -> TeamWish:
    """The team in ``Pay`` or ``Pay=34.0``. ``Pay squad -> Pay`` says what the file calls it, ``Vendors ->`` what is no
    team of ours. Raises :class:`ImportOptionError`.
    """
    called, arrow, ours = text.partition("->")
    if arrow:
        called, ours = clean(called), clean(ours)
        if not 1 <= len(called) <= 200 or len(ours) > 200:
            raise ImportOptionError(f"--team {text[:80]}: write the file's name, then ->, then ours, or nothing.")
        return TeamWish(_team_name(ours) if ours else "", None, called)
    name, equals, amount = text.rpartition("=")
    net: float | None = None
    if equals:
        net = number(amount)
        if net is None or not 0 <= net <= MOST_EW:
            raise ImportOptionError(
                f"--team {text[:80]}: the net capacity after = must be engineer-weeks from 0 to 10,000, as in Pay=34.0."
            )
    else:
        name = text
    return TeamWish(_team_name(name), net)


def _team_name(text: str) -> str:
    if not 1 <= len(clean(text)) <= 200:
        raise ImportOptionError("--team needs a name of at most 200 characters, as in --team Pay or --team Pay=34.0.")
    try:
        found = read_team(text)
    except Refused as error:
        raise ImportOptionError(f"--team {text[:80]}: {error}.") from error
    if found.people is not None:
        raise ImportOptionError(
            f"--team {text[:80]}: a team of people is made before the import, with makeroom team add '{found.name} "
            f"{found.people} people'; then --team {found.name}."
        )
    return clean(text) if found.net is not None else found.name


def rule_wish(text: str) -> RuleWish:
    """The rule in ``label:security=I``. Raises :class:`ImportOptionError`."""
    left, equals, letter = text.rpartition("=")
    kind, colon, value = left.partition(":")
    value, letter = clean(value), letter.strip().upper()
    for known in get_args(RuleField):
        if kind.strip().casefold() in (known, f"{known}s") and equals and colon and value and len(letter) == 1:
            if len(value) > 200:
                raise ImportOptionError("--map: a type, label or component has at most 200 characters.")
            return RuleWish(known, value, letter)
    raise ImportOptionError(
        f"--map {text[:80]}: write type, label or component, its value and a slice's letter, as in label:security=I."
    )


def statuses_said(take: Iterable[str], leave: Iterable[str]) -> dict[str, bool]:
    """Status -> whether its rows are taken."""
    return {**dict.fromkeys(take, True), **dict.fromkeys(leave, False)}


def column_wish(text: str) -> tuple[str, str]:
    """The field and the column in ``title=Headline``. Raises :class:`ImportOptionError`."""
    name, equals, column = text.partition("=")
    if not equals or not name.strip():
        raise ImportOptionError(
            f"--column {text[:80]}: write a field and the name of its column, as in title=Headline."
        )
    return name, column


def mends_of(texts: Iterable[str]) -> dict[int, Mend]:
    """What is said of rows, as in ``12.title=Audit log``, by line; the last word on a field counts.

    Raises :class:`ImportOptionError` for one that means nothing.
    """
    found: dict[int, Mend] = {}
    for text in texts:
        line, said = _mended(text)
        found[line] = replace(found.get(line, Mend()), **said)
    return found


def _mended(text: str) -> tuple[int, dict[str, Any]]:
    where, equals, value = text.partition("=")
    row, _, name = where.strip().partition(".")
    name, value = name.strip().casefold(), clean(value)
    if not equals or not row.strip().isdecimal() or name not in ("title", "size", "team", "state"):
        raise ImportOptionError(
            f"--set {text[:80]}: write a row's number, title, size, team or state, and what it is, as in 12.size=3d."
        )
    return int(row), _mend(name, value, text)


def _mend(name: str, value: str, text: str) -> dict[str, Any]:
    if name == "state":
        if (word := value.casefold()) not in ("taken", "take", "left", "leave"):
            raise ImportOptionError(f"--set {text[:80]}: a row is taken or left.")
        return {"taken": word in ("taken", "take")}
    if not value:
        raise ImportOptionError(f"--set {text[:80]}: which {name}?{' none is for no size.' if name == 'size' else ''}")
    most = 20_000 if name == "title" else 200
    if len(value) > most:
        raise ImportOptionError(
            f"--set {text.partition('=')[0].strip()[:40]}: a {name} has at most {most:,} characters."
        )
    return {name: _team_name(value) if name == "team" else value}
