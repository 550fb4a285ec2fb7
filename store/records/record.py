"""The record that all are kinds of: a frozen row, checked when it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import repeat, starmap
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    NoReturn,
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

_set = object.__setattr__


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

    @property
    def model_fields(cls) -> dict[str, FieldInfo]:
        """What pydantic knows of its columns, by name."""
        return _model(cls).model_fields


class Record(metaclass=_Kind):
    """A row: ``id`` is the store's (negative while new), ``rev`` counts its changes.

    What is no column of it, or not of its type and within its bounds, raises :class:`RecordError`.
    """

    table: ClassVar[str] = ""
    #: column -> table that it points to; the store replaces negative ids in these columns.
    links: ClassVar[Mapping[str, str]] = {}

    id: int
    rev: int = 0

    def __init__(self, **given: Any) -> None:
        _set(self, "__dict__", _checked(type(self), given))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} stays as it is: {name} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} stays as it is: {name} cannot be taken away")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        yield from self.__dict__.items()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

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
        found = cls.__new__(cls)
        _set(found, "__dict__", values)
        return found

    @classmethod
    def of_rows(cls, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[Self]:
        """The records of rows with these columns; raises :class:`RecordError` at the first that is none."""
        plain = _plain_rows(cls, names, rows)
        if plain is None:
            return (cls.model_validate(dict(zip(names, row, strict=True))) for row in rows)
        # Thousands at a start: made by as few calls as can be.
        made = list(map(cls.__new__, repeat(cls, len(rows))))
        for one, values in zip(made, plain, strict=True):
            _set(one, "__dict__", values)
        return iter(made)

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
        """A copy with other values, unchecked: the store checks what is written."""
        return self.unchecked({**self.__dict__, **(update or {})})

    def model_dump(
        self,
        *,
        mode: str = "python",
        include: Collection[str] | None = None,
        exclude: Collection[str] = (),
    ) -> dict[str, Any]:
        """Its values by column; in ``mode`` "json" with days and moments as text."""
        found = self.__dict__.items()
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
) -> Iterable[dict[str, Any]] | None:
    """The values of each row by column, in their order; None where not all are plainly what they are to be."""
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
    return starmap(_by_column(kind), zip(*found, strict=True))


@cache
def _by_column(kind: type[Record]) -> Callable[..., dict[str, Any]]:
    """Takes the values of a row, in the order of the columns; as one display, which is made far sooner than pair by
    pair."""
    names = [column.name for column in columns_of(kind)[0]]
    display = ", ".join(f'"{name}": {name}' for name in names)
    made: Callable[..., dict[str, Any]] = eval(f"lambda {', '.join(names)}: {{{display}}}")  # noqa: S307 - our own names
    return made


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
