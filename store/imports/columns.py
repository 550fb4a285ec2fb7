"""Which column of a file is what: by its name, by what Jira calls it, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from store.imports.errors import ImportOptionError
from store.imports.table import Alike
from store.imports.translations import in_english

if TYPE_CHECKING:
    from store.imports.table import Row

Found = TypeVar("Found")

Field = Literal[
    "title", "key", "type", "status", "category", "priority", "label", "component", "due", "team", "owner", "note",
    "value", "low", "likely", "high", "size", "points", "hours", "days", "weeks", "seconds",
    "id", "parent", "blocks", "blocked_by", "customer", "arr", "renewal",
    "resolution", "complete", "finished", "slice", "unit", "customer_title", "active",
]  # fmt: skip
FIELDS: tuple[Field, ...] = get_args(Field)
Unit = Literal["points", "hours", "days", "weeks", "minutes", "seconds", "milliseconds", ""]

#: what a tool may call a row, before "id" or "key"
_NOUNS = ("issue", "work item", "item", "task", "story", "user story", "feature", "master feature", "ticket", "card",
          "bug", "request", "idea", "requirement", "req", "record", "initiative", "backlog item", "defect", "case",
          "external", "custom", "formatted", "display")  # fmt: skip
#: words for an amount of work, and for units, that stand together in the name of a column
_AMOUNTS = ("estimate", "estimates", "est", "estimated", "estimation", "size", "effort", "work", "original estimate",
            "time estimate", "estimated effort", "estimated time", "duration", "remaining",
            "remaining estimate")  # fmt: skip


def _amounts(*units: str) -> tuple[str, ...]:
    return tuple(name for unit in units for amount in _AMOUNTS for name in (f"{amount} {unit}", f"{unit} {amount}"))


#: Names as :func:`simplified` leaves them; the first that a file has is taken, so the surest come first.
ALIASES: Mapping[Field, tuple[str, ...]] = {
    "title": (
        "summary", "title", "name", "item", "story", "user story", "feature", "subject", "request", "issue", "task",
        "task name", "item name", "issue summary", "backlog item", "initiative", "headline", "feature name",
        "card name", "story name", "story title", "task title", "work item title", "work item", "epic name",
        *(f"{noun} {word}" for word in ("title", "name", "summary") for noun in _NOUNS),
        "what", "content", "primary column", "deliverable", "work package", "idea", "requirement",
        "short description", "to do",
    ),
    # Anything that is called an id, a key, a reference or a number of the row goes before what may be another thing.
    "key": (
        "issue key", "issuekey", "key",
        *(f"{noun} {word}" for word in ("key", "reference", "ref", "id", "number", "no", "nr") for noun in _NOUNS),
        "reference", "ref", "id", "issueid", "number", "no", "nr", "ticket", "issue", "task",
    ),
    "type": ("issue type", "issuetype", "type", "work type", "work item type", "kind", "tracker", "story type",
             "feature type", "entity type", *(f"{noun} type" for noun in _NOUNS)),
    "status": (
        "status", "state", "status code", "current state", "work item status", "issue status", "feature status",
        "stage", "workflow state", "workflow status", "schedule state", "entity state", "phase",
        *(f"{noun} {word}" for word in ("state", "status") for noun in _NOUNS), "pipeline",
        "list name", "list", "section column", "board column", "column",
    ),
    "category": ("status category", "statuscategory", "state category", "status type", "state type", "status group"),
    "priority": ("priority",),
    "label": ("labels", "label", "tags", "tag"),
    "component": ("components", "component", "component s", "bucket name", "bucket"),
    "due": (
        "due date", "duedate", "due", "deadline", "target date", "due on", "due at", "target end", "target end date",
        "finish date", "end date", "needed by", "feature due date", "planned end date", "planned end", "planned finish",
        "finish", "eta", "target finish", "due by",
    ),
    "team": ("team", "squad", "team name", "teams", "squads", "squad name", "owning team", "delivery team", "dev team",
             "assignment group"),
    "owner": (
        "assignee", "assigned to", "assignees", "owner", "owners", "owned by", "responsible", "person", "people",
        "members", "assign", "resource", "resources", "resource names", "who",
    ),
    "note": ("description", "note", "notes", "details", "body", "task content", "card description"),
    "value": ("business value", "value"),
    "low": ("low", "p10", "optimistic", "best case", "best", "min"),
    "likely": ("likely", "p50", "most likely"),
    "high": ("high", "p90", "pessimistic", "worst case", "worst", "max"),
    "size": ("estimate", "size", "effort", "t shirt size", "tshirt size", "t shirt", "range", "confirmed size",
    "estimation", "estimates", "duration", "planned effort"),
    "points": (
        "story points", "story point estimate", "storypoint", "storypoints", "story point", "points", "sp",
        "estimated points", "sprint points", "total points", "plan estimate",
        *_amounts("points", "story points", "sp", "pts"),
    ),
    "weeks": (
        "ew", "engineer weeks", "weeks", "person weeks",
        *_amounts("ew", "weeks", "engineer weeks", "person weeks", "w"),
    ),
    "days": (
        "days", "engineer days", "person days", "man days",
        *_amounts("days", "d", "person days", "man days", "pd", "md"),
    ),
    "hours": ("hours", "hoursestimate", *_amounts("hours", "h", "hrs")),
    "seconds": ("original estimate", "timeoriginalestimate", "time original estimate", "original estimate seconds"),
    # What other rows of a file may call a row, besides its key.
    "id": ("issue id", "issueid"),
    "parent": (
        "parent key", "parent", "parent issue", "parent id", "epic link", "parent link", "epic key", "parent task",
        "parent item", "epics", "parent name", "parent work item", "parent feature", "parent summary", "parent title",
        "epic", "epic id",
    ),
    "blocks": ("outward issue link blocks", "blocks", "blocking", "is blocking", "blocking dependencies"),
    "blocked_by": (
        "inward issue link blocks", "blocked by", "is blocked by", "depends on", "dependencies", "needs",
        "predecessors", "blocked by dependencies", "waiting on",
    ),
    "customer": ("customer", "customers", "account", "client", "customer name", "requester organization"),
    # What an item is called on pages for customers.
    "customer_title": ("title for customers", "customer title", "customer facing title", "public title"),
    # What the customer pays a year, and when they renew.
    "arr": ("arr", "customer arr", "account arr", "annual recurring revenue"),
    "renewal": (
        "renewal", "renewal date", "renews", "renews on", "customer renewal", "customer renewal date",
        "contract renewal date",
    ),
    # One of the workspace's own, by letter or name.
    "slice": ("slice",),
    # What the numbers of an estimate count, row by row; found by what it holds: formats/short_names.py.
    "unit": (),
    # What says that the work of a row is over, besides its status.
    "resolution": ("resolution",),
    # A no in it: what is not active is not to be done.
    "active": ("active", "is active"),
    "complete": (
        "percent complete", "percent completed", "percent done", "complete percent", "done percent", "complete",
        "done ratio", "completion", "completion percent", "completion percentage", "percentage complete", "progress",
        "progress percent", "percent",
    ),
    "finished": (
        *(
            name.format(word)
            for word in (
                "completed", "resolved", "closed", "cancelled", "canceled", "archived", "done", "finished", "accepted",
                "shipped", "released", "delivered", "deployed", "launched", "deleted", "trashed", "removed", "rejected",
                "declined", "abandoned",
            )
            for name in ("{}", "{} at", "{} on", "{} date", "date {}", "is {}", "{} time", "{} at utc", "{} at date")
        ),
        "resolution date", "resolutiondate", "due complete", "actual end", "actual end date", "actual finish",
        "actual completion", "actual completion date", "date of completion",
    ),
}  # fmt: skip
#: Fields for which every column counts that has one of the names: exports have a parent's key and its number.
_ALL = frozenset({"parent", "blocks", "blocked_by"})
#: Fields that only one column has: a second name such as "Task" or "Number" means something else.
_ONE = frozenset({"id", "low", "likely", "high"})
#: Names that stand in for a title or a key beside another one; the rest of theirs mean other things then.
_SPARE: Mapping[Field, frozenset[str]] = {
    "title": frozenset({"summary", "title", "headline", "task name", "item name", "issue summary"}),
    "key": frozenset({"issue key", "issuekey", "key", "issue id", "id"}),
    # "Task Status" beside the status of a story is that of a line in its list of tasks.
    "status": frozenset({
        "status", "state", "status code", "current state", "work item status", "issue status", "feature status",
        "stage", "workflow state", "workflow status", "list name", "list", "section column", "board column", "column",
    }),
}  # fmt: skip
_NUMBER_SIGN = re.compile("#|^ *(?:№|[nN][º°]) *$")
#: fields with numbers in them
NUMBERS: tuple[Field, ...] = ("value", "low", "likely", "high", "size", "points", "hours", "days", "weeks", "seconds")
#: where an estimate is looked for, row by row, until one is found
ESTIMATES: tuple[Field, ...] = ("weeks", "days", "points", "hours", "size", "seconds")
_SUFFIXES: Mapping[str, Unit] = {
    "ew": "weeks", "weeks": "weeks", "engineer weeks": "weeks", "days": "days", "engineer days": "days",
    "d": "days", "person days": "days", "w": "weeks",
    "person weeks": "weeks", "hours": "hours", "h": "hours", "points": "points", "story points": "points",
}  # fmt: skip


@dataclass(frozen=True)
class Dialect:
    """What one tool calls its columns: names that go before the general ones (an empty tuple: none has that field).

    ``words`` says what was recognised. ``seconds`` is what a bare number in "Original Estimate" counts; empty where
    nobody knows. ``own``: it is makeroom itself, whose tables never change what is here.
    """

    name: str
    words: str
    columns: Mapping[Field, tuple[str, ...]] = dataclass_field(default_factory=dict)
    seconds: Unit = ""
    own: bool = False


PLAIN = Dialect("plain", "")


@dataclass(frozen=True)
class ColumnMap:
    """Field -> the positions of its columns (labels and components repeat), and what ranges are counted in."""

    at: Mapping[Field, tuple[int, ...]]
    header: tuple[str, ...]
    dialect: Dialect = PLAIN
    #: the unit of low, likely and high
    range_unit: Unit = "weeks"
    #: field -> the positions of other columns that may hold it, for rows in which those before are empty
    spare: Mapping[Field, tuple[int, ...]] = dataclass_field(default_factory=dict)
    #: the positions of columns whose numbers have a decimal comma
    commas: AbstractSet[int] = frozenset()
    #: the position of a column -> a number in it that may be read in two ways, where no other one tells
    doubtful: Mapping[int, str] = dataclass_field(default_factory=dict)
    #: the positions of columns whose name alone would not do, and that hold what it says
    held: AbstractSet[int] = frozenset()
    #: the position of a column -> the team whose sizes it holds, and what its bare numbers count
    per_team: Mapping[int, tuple[str, Unit]] = dataclass_field(default_factory=dict)

    def cells(self, row: Sequence[str], field: Field) -> list[str]:
        """The filled cells of a field in a row, trimmed; rows may be shorter than the header."""
        positions = self.at.get(field)
        if not positions:
            return []
        found = [cell for at in positions if at < len(row) and (cell := row[at].strip())]
        return found or [cell for _, cell in self._spared(row, field)][:1]

    def cell(self, row: Sequence[str], field: Field) -> str:
        """The first filled cell of a field in a row, trimmed, or an empty string."""
        positions = self.at.get(field)
        if not positions:
            return ""
        for at in positions:
            if at < len(row) and (cell := row[at].strip()):
                return cell
        return next((cell for _, cell in self._spared(row, field)), "") if field in self.spare else ""

    def reader(self, field: Field) -> Callable[[Sequence[str]], str]:
        """What :meth:`cell` does for a field of many rows."""
        match self.at.get(field, ()):
            case (at,) if field not in self.spare:
                return lambda row: row[at].strip() if at < len(row) else ""
            case _:
                return lambda row: self.cell(row, field)

    def alike(self, fields: Iterable[Field], work: Callable[[Sequence[str]], Found]) -> Alike[Found]:
        """What rows say in a few fields, by ``work``, which looks at no other field."""
        return Alike((at for field in fields for at in self.positions(field)), work)

    def every(self, row: Sequence[str], field: Field) -> Iterator[tuple[int, str]]:
        """All filled cells of a field in a row with their positions, those of the surest columns first."""
        for at in self.at.get(field, ()):
            if at < len(row) and (cell := row[at].strip()):
                yield at, cell
        yield from self._spared(row, field)

    def _spared(self, row: Sequence[str], field: Field) -> Iterator[tuple[int, str]]:
        for at in self.spare.get(field, ()):
            if at < len(row) and (cell := row[at].strip()):
                yield at, cell

    def has_comma(self, at: int) -> bool:
        """Whether the numbers of the column at a position have a decimal comma."""
        return at in self.commas

    def positions(self, field: Field) -> tuple[int, ...]:
        """Where a field is looked for, the surest columns first."""
        return (*self.at.get(field, ()), *self.spare.get(field, ()))

    def name(self, field: Field) -> str:
        """What the file calls a field's column, in quotes."""
        return f'"{self.header[self.at[field][0]]}"'

    def unit(self, field: Field) -> Unit:
        """What a bare number in an estimate column counts; empty where its name does not say."""
        match field:
            case "weeks" | "days" | "points" | "hours":
                return field
            case "seconds":
                # Outside Jira, "Original Estimate" may be anything.
                return self.dialect.seconds
            case _:
                return ""

    @cached_property
    def estimates(self) -> tuple[Field, ...]:
        """The estimate columns that the file has, in the order in which they count."""
        return tuple(field for field in ESTIMATES if field in self.at)

    @cached_property
    def ranged(self) -> bool:
        """Whether the file has any of low, likely and high."""
        return not self.at.keys().isdisjoint(("low", "likely", "high"))

    @property
    def unread(self) -> list[str]:
        """The columns that mean nothing to the import, each name once."""
        used = {at for field in self.at for at in self.positions(field)} | self.per_team.keys()
        # What makeroom's own table says of several teams has no field.
        used |= {at for at, name in enumerate(self.header) if self.dialect.own and name == "sizes"}
        return list(dict.fromkeys(name for at, name in enumerate(self.header) if at not in used and name))


def spellings(name: str) -> Iterator[str]:
    """A column's simplified name, and the ones for its signs: ``Card #`` is a card number, ``% Done`` percent done."""
    yield simplified(name)
    if _NUMBER_SIGN.search(name):
        yield f"{simplified(name)} number".strip() if "#" in name else "number"
    if "%" in name:
        yield f"percent {simplified(name)}".strip()


#: Jira's words for a field of somebody's own, in its languages
_CUSTOM = re.compile(
    r"(?:custom field|benutzerdefiniertes feld|champs? personnalisés?|campos? personalizados?|campo personalizzato|"
    r"aangepast veld|pole niestandardowe|настраиваемое поле|カスタム フィールド|自定义字段) ?\((.*)\)"
)


def simplified(name: str) -> str:
    """A column's name for comparing: lower-case English words, also of ``DueDate`` and ``Fälligkeitsdatum``, without
    Jira's ``Custom field (...)``."""
    return _simplified(name)


@lru_cache(maxsize=4_096)
def _simplified(name: str) -> str:
    name = re.sub(r"(?<=[a-z][a-z])(?=[A-Z])", " ", name).casefold().strip()
    if custom := _CUSTOM.fullmatch(name):
        name = custom[1]
    return in_english(" ".join(re.sub(r"[^\w]+", " ", name.replace("_", " ")).split()))


def find_columns(
    header: Sequence[str],
    overrides: Mapping[str, str] | None = None,
    dialect: Dialect = PLAIN,
    *,
    titled: bool = True,
    empty: AbstractSet[int] = frozenset(),
    ignored: Collection[str] = (),
) -> ColumnMap:
    """Which column of a header is what. ``overrides`` (field -> column name, empty for none) go first, then the names
    of the dialect, then the general ones. Where several columns may hold a field, the others are spare ones of it;
    columns at the ``empty`` positions hold nothing in any row, and come after all that do; those that are called as one
    of ``ignored`` are taken for nothing.

    Raises :class:`ImportOptionError` when no column can be the title (unless it need not be ``titled``), or an
    override or ``ignored`` names none that exists.
    """
    header = tuple(header)
    by_name: dict[str, list[int]] = {}
    for position, name in enumerate(header):
        for spelling in spellings(name):
            by_name.setdefault(spelling, []).append(position)
    at: dict[Field, tuple[int, ...]] = {}
    taken = {position for column in ignored for position in _named(header, by_name, column, "nothing")}
    none: set[Field] = set()
    for word, column in (overrides or {}).items():
        field = field_named(word)
        if not column.strip():
            none.add(field)
            continue
        at[field] = _named(header, by_name, column, field)
        taken.update(at[field])
    # "issue" and "task" may be the title or the number of one, so the title chooses before the key.
    for hollow in (False, True):
        for names in (dialect.columns, ALIASES):
            for field, aliases in names.items():
                if field in at or field in none:
                    continue
                for alias in aliases:
                    free = _free(by_name, alias, taken, () if hollow else empty)
                    if free:
                        at[field] = (*at.get(field, ()), *free)
                        taken.update(free)
                        # A tool names a field in one way, or each kind of row has its own column for it.
                        if field not in _ALL and names is ALIASES:
                            break
    spare = _spare(at, by_name, taken, set(map(field_named, overrides or {})))
    unit = _range(at, by_name, taken, none)
    found = ColumnMap(at, header, dialect, unit, spare)
    if titled:
        require_title(found)
    return found


def require_title(columns: ColumnMap) -> None:
    """Raise :class:`ImportOptionError` where no column can be the title."""
    if "title" not in columns.at:
        raise ImportOptionError(
            f"No column looks like a title. The columns are: {listed(columns.header)}. "
            "Name the right one with --column title=NAME. If these are no column names, the file lacks a header line, "
            "or needs --delimiter."
            + (" It looks like a pivot table: export the rows that it sums." if "Row Labels" in columns.header else "")
        )


def empty_columns(header: Sequence[str], rows: Iterable[Row]) -> frozenset[int]:
    """The positions of the columns in which no row has anything; none where there are no rows."""
    left = set(range(len(header)))
    some = False
    for row in rows:
        some = True
        cells = row.cells
        left = {at for at in left if at >= len(cells) or not cells[at] or cells[at].isspace()}
        if not left:
            break
    return frozenset(left) if some else frozenset()


def _free(
    by_name: Mapping[str, list[int]], alias: str, taken: AbstractSet[int], but: Collection[int] = ()
) -> tuple[int, ...]:
    """The positions of the columns of that name that nothing has taken."""
    return tuple(at for at in by_name.get(alias, ()) if at not in taken and at not in but)


def _spare(
    at: Mapping[Field, tuple[int, ...]], by_name: Mapping[str, list[int]], taken: set[int], said: AbstractSet[Field]
) -> dict[Field, tuple[int, ...]]:
    """The columns that a field has besides its first, which it takes; none for what the user has ``said``."""
    found: dict[Field, tuple[int, ...]] = {}
    for field, aliases in ALIASES.items():
        if field not in at or field in said or field in _ONE:
            continue
        for alias in aliases:
            if field not in _SPARE or alias in _SPARE[field]:
                free = _free(by_name, alias, taken)
                found[field] = (*found.get(field, ()), *free)
                taken.update(free)
    return {field: positions for field, positions in found.items() if positions}


def _range(
    at: dict[Field, tuple[int, ...]],
    by_name: Mapping[str, list[int]],
    taken: set[int],
    ignored: set[Field],
) -> Unit:
    """The unit of low, likely and high, found also under names such as ``Low (days)``, which it adds to ``at``."""
    units: set[Unit] = set()
    for field in ("low", "likely", "high"):
        for suffix, unit in _SUFFIXES.items():
            for alias in ALIASES[field]:
                free = tuple(p for p in by_name.get(f"{alias} {suffix}", ()) if p not in taken)
                if free and field not in at and field not in ignored:
                    at[field] = free
                    taken.update(free)
                    units.add(unit)
    if len(units) > 1:
        raise ImportOptionError("The columns for low, likely and high are in different units; bring them to one.")
    return units.pop() if units else "weeks"


def field_named(name: str) -> Field:
    """The field that a user's word means; plurals are forgiven."""
    word = re.sub(r"[\s-]+", "_", name.strip().casefold())
    for field in FIELDS:
        if word in (field, f"{field}s"):
            return field
    close = get_close_matches(word, FIELDS, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    raise ImportOptionError(f"There is no field {name[:40]!r}.{hint} The fields are: {', '.join(FIELDS)}.")


def _named(header: tuple[str, ...], by_name: Mapping[str, list[int]], column: str, field: str) -> tuple[int, ...]:
    """The positions of the column that an override names, exactly or but for case and punctuation."""
    exact = tuple(at for at, name in enumerate(header) if name == column.strip())
    found = exact or tuple(by_name.get(simplified(column), ()))
    if not found:
        raise ImportOptionError(f"There is no column {column[:80]!r} for {field}. The columns are: {listed(header)}.")
    return found


def listed(names: Sequence[str], most: int = 20) -> str:
    """Column names in quotes, each once, long ones and long lists shortened."""
    unique = list(dict.fromkeys(name for name in names if name)) or ["(none has a name)"]
    shown = ", ".join(f'"{name if len(name) <= 60 else name[:59] + "…"}"' for name in unique[:most])
    return f"{shown} and {len(unique) - most} more" if len(unique) > most else shown
