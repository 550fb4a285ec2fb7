"""Values: frozen dataclasses of which each is made when it is first needed.

Making a dataclass compiles several functions, which takes longer than loading the module around it; most values of the
modules that the app starts with are first wanted when a key is pressed, or never. How they are compared and said, all
have in common.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from functools import cache
from operator import attrgetter
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

_turn = RLock()


def _make(kind: type[Value]) -> None:
    """Have a kind of value made, by whichever thread comes first."""
    with _turn:
        if "__dataclass_fields__" not in vars(kind):
            dataclass(frozen=True, eq=False, repr=False)(kind)


@cache
def _compared(kind: type[Value]) -> Callable[[Value], tuple[Any, ...]]:
    """Takes from a value of a kind what it is compared by."""
    names = [each.name for each in fields(kind) if each.compare]
    # One alone would not come as a tuple, nor would none.
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)


class _Fields:
    """The fields of a kind of value that is not made yet: who asks for them has it made."""

    def __get__(self, value: Value | None, kind: type[Value]) -> Any:
        if kind is Value:
            raise AttributeError("Value has no fields of its own")
        _make(kind)
        return vars(kind)["__dataclass_fields__"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value:
    """A value: what derives from it is written and behaves as one with ``@dataclass(frozen=True)``."""

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    else:
        __dataclass_fields__ = _Fields()

        def __init_subclass__(cls):
            # What derives from another kind would begin as that does.
            if cls.__base__ is not Value:
                _make(cls)

        def __init__(self, *given, **named):
            # Once made, a kind has its own.
            _make(type(self))
            self.__init__(*given, **named)

        def __eq__(self, other):
            if type(other) is not type(self):
                return NotImplemented
            take = _compared(type(self))
            return take(self) == take(other)

        def __hash__(self):
            return hash(_compared(type(self))(self))

        def __repr__(self):
            said = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
            return f"{type(self).__qualname__}({', '.join(said)})"
