"""Files of practice as TOML: read by a model, or refused with file, line and key."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from scenarios.snapshots.toml_faults import parsed, refused

#: Characters of a file.
_MOST = 2_000_000


class PracticePart(BaseModel):
    """A table of such a file: no other keys, and no value of another kind, than it says. Lists are lists, as TOML has
    them; nobody writes to them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


Model = TypeVar("Model", bound=BaseModel)


def read_toml(text: str, name: str, model: type[Model]) -> Model:
    """What a file says; ``name`` is what errors call it. Raises StoreError with file, line and key."""
    document = parsed(text, name, "a file of practice", _MOST)
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise refused(error, text, name) from error
