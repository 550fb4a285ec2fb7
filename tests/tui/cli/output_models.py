"""The outputs of the commands as pydantic's models, which tell their JSON Schema."""

from __future__ import annotations

from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict

from tui.cli.outputs import Output


@cache
def model_of(kind: type[Output]) -> type[BaseModel]:
    """An output as a model of the same name, words and values."""
    types = get_type_hints(kind)
    given = {
        "__doc__": kind.__doc__,
        "__module__": kind.__module__,
        "__annotations__": {name: _modelled(each) for name, each in types.items()},
        "model_config": ConfigDict(frozen=True, extra="forbid"),
        **{name: getattr(kind, name) for name in types if hasattr(kind, name)},
    }
    return type(kind.__name__, (BaseModel,), given)


def _modelled(written: Any) -> Any:
    """A type with models for the outputs in it."""
    if isinstance(written, type) and issubclass(written, Output):
        return model_of(written)
    origin, parts = get_origin(written), tuple(map(_modelled, get_args(written)))
    if origin in (Union, UnionType):
        return reduce(or_, parts)
    return origin[parts] if parts and isinstance(origin, type) else written
