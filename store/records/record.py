"""The record that all are kinds of: a row as a tuple with names, checked when it is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import repeat
from operator import itemgetter
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Self,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
)

from store.records.columns import NEEDED, ODD, columns_of, taken

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic.fields import FieldInfo


class RecordError(ValueError):
    """A record refuses what it was given: ``column`` says which (empty: none of its own), ``why`` is a sentence without
    its end, ``cause`` pydantic's word for it; ``given`` is what was given."""

    def __init__(self, kind: type[Record], given: Mapping[str, Any], error: ValidationError) -> None:
        first = error.errors(include_url=False)[0]
        self.kind, self.given = kind, given
        self.column = str(first["loc"][-1]) if first["loc"] else ""
        self.why = first["msg"]
        self.cause = first["type"]
        super().__init__(f"{kind.__name__}.{self.column}: {self.why}")


@dataclass_transform(kw_only_default=True, frozen_default=True)
class _Kind(type):
    """A kind of record: named values that are checked, and then stay as they are."""

    def __new__(cls, name: str, bases: tuple[type, ...], given: dict[str, Any]) -> Any:
        """Each column becomes a look into the tuple; what was written as its default is kept beside."""
        columns = dict(getattr(bases[0], "places", {}))
        own = [each for each, written in given.get("__annotations__", {}).items() if not written.startswith("ClassVar")]
        given["written_defaults"] = {each: given[each] for each in own if each in given}
        for place, each in enumerate(own, len(columns)):
            columns[each] = place
            given[each] = property(itemgetter(place))
        return super().__new__(cls, name, bases, {**given, "__slots__": (), "places": columns})

    @property
    def model_fields(cls) -> dict[str, FieldInfo]:
        """What pydantic knows of its columns, by name."""
        return _model(cls).model_fields


class Record(tuple[Any, ...], metaclass=_Kind):
    """A row: ``id`` is the store's (negative while new), ``rev`` counts its changes.

    It is the tuple of its values, in the order of its columns: thousands are made at a start, and nothing else that
    has names is made as soon, and as small.

    What is no column of it, or not of its type and within its bounds, raises :class:`RecordError`.
    """

    table: ClassVar[str] = ""
    #: column -> table that it points to; the store replaces negative ids in these columns.
    links: ClassVar[Mapping[str, str]] = {}
    #: column -> where it stands among the values
    places: ClassVar[Mapping[str, int]]
    #: what stands in a column where nothing is given, as this class has it; nothing for those that are needed
    written_defaults: ClassVar[Mapping[str, Any]]

    id: int
    rev: int = 0

    def __new__(cls, **given: Any) -> Self:
        """The record of these values."""
        return cls.unchecked(_checked(cls, given))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((type(self), *self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.model_dump().items())})"

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple.__new__, (type(self), tuple(self))

    @classmethod
    def model_validate(cls, given: Any) -> Self:
        """The record of these values; raises :class:`RecordError`."""
        return given if isinstance(given, cls) else cls.unchecked(_checked(cls, given))

    @classmethod
    def model_validate_json(cls, text: str) -> Self:
        """The record of a JSON object; raises :class:`RecordError`."""
        return cls.unchecked(_by_pydantic(cls, text, json=True))

    @classmethod
    def unchecked(cls, values: dict[str, Any]) -> Self:
        """A record of all these columns, in their order, which are checked elsewhere: when it is written."""
        return tuple.__new__(cls, values.values())

    @classmethod
    def of_rows(cls, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[Self]:
        """The records of rows with these columns; raises :class:`RecordError` at the first that is none."""
        plain = _plain_rows(cls, names, rows)
        if plain is None:
            return (cls.model_validate(dict(zip(names, row, strict=True))) for row in rows)
        # Thousands at a start: made by as few calls as can be.
        return map(tuple.__new__, repeat(cls), plain)

    @classmethod
    def columns(cls) -> dict[str, Any]:
        """The types of the columns, by name."""
        return columns_of(cls)[1]

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """What stands in each column where nothing is given; nothing for those that are needed."""
        return {each.name: each.default for each in columns_of(cls)[0] if each.default is not NEEDED}

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """Its JSON Schema."""
        return _model(cls).model_json_schema()

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """A copy with other values, unchecked: the store checks what is written. Raises KeyError for no column."""
        values = list(self)
        for name, value in (update or {}).items():
            values[self.places[name]] = value
        return tuple.__new__(type(self), values)

    def model_dump(
        self,
        *,
        mode: str = "python",
        include: Collection[str] | None = None,
        exclude: Collection[str] = (),
    ) -> dict[str, Any]:
        """Its values by column; in ``mode`` "json" with days and moments as text."""
        found = zip(self.places, self, strict=True)
        kept = {key: value for key, value in found if key not in exclude and (include is None or key in include)}
        return {key: as_json(value) for key, value in kept.items()} if mode == "json" else kept


def as_json(value: Any) -> Any:
    """A value of a column as JSON and SQLite have it: days and moments as text."""
    if not isinstance(value, date):
        return value
    text = value.isoformat()
    return f"{text[:-6]}Z" if isinstance(value, datetime) and text.endswith("+00:00") else text


def _checked(kind: type[Record], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a record by column, in their order; raises RecordError."""
    found: dict[str, Any] = {}
    left = len(given)
    for name, take, default, _ in columns_of(kind)[0]:
        if name in given:
            left -= 1
            value = take(given[name])
            if value is ODD:
                return _by_pydantic(kind, given)
        elif default is NEEDED:
            return _by_pydantic(kind, given)
        else:
            value = default
        found[name] = value
    return _by_pydantic(kind, given) if left else found


def _plain_rows(
    kind: type[Record], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Iterable[tuple[Any, ...]] | None:
    """The values of each row, in the order of the columns; None where not all are plainly what they are to be."""
    if not rows:
        return ()
    columns = columns_of(kind)[0]
    at = {name: place for place, name in enumerate(names)}
    if len(at) < len(names) or at.keys() != {column.name for column in columns}:
        return None
    given = list(zip(*rows, strict=True))
    found = []
    for column in columns:
        values = taken(column, given[at[column.name]])
        if values is None:
            return None
        found.append(values)
    return zip(*found, strict=True)


def _by_pydantic(kind: type[Record], given: Any, json: bool = False) -> dict[str, Any]:
    """The values as pydantic takes them, by column; raises RecordError with what it says."""
    from pydantic import ValidationError

    model = _model(kind)
    try:
        found = model.model_validate_json(given) if json else model.model_validate(given)
    except ValidationError as error:
        raise RecordError(kind, {} if json else given, error) from error
    return found.__dict__


@cache
def _model(kind: type) -> type[BaseModel]:
    """The model of pydantic that takes what a record takes."""
    from pydantic import BaseModel, ConfigDict

    columns, types = columns_of(kind)
    given = {
        "__doc__": kind.__doc__,
        "__module__": kind.__module__,
        "__annotations__": {name: _for_pydantic(written) for name, written in types.items()},
        "model_config": ConfigDict(frozen=True, extra="forbid"),
        **{column.name: column.default for column in columns if column.default is not NEEDED},
    }
    return type(kind.__name__, (BaseModel,), given)


def _for_pydantic(written: Any) -> Any:
    """A type with the bounds as pydantic has them."""
    parts = get_args(written)
    if get_origin(written) is Annotated:
        return Annotated[parts[0], parts[1].field()]
    return Union[tuple(map(_for_pydantic, parts))] if get_origin(written) in (Union, UnionType) else written  # noqa: UP007
