"""TOML that people may have edited: read, or refused with the file, the line and the key."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from pydantic import ValidationError

from scenarios.snapshots.lines import dotted, locate, table_at, too_deep
from store.common.errors import StoreError

#: Parts that a key may have.
MOST_PARTS = 32
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def parsed(text: str, name: str, kind: str, most: int) -> dict[str, Any]:
    """The document; ``name`` is what errors call it, ``kind`` what it should be, of at most ``most`` characters.

    Raises StoreError with a sentence.
    """
    if len(text) > most:
        raise StoreError(f"{name} is larger than {kind} can be ({most // 1_000_000} MB).")
    text = text.removeprefix("\ufeff")
    line = too_deep(text, MOST_PARTS)
    if line is not None:
        raise StoreError(f"{name}, line {line}: a key of more than {MOST_PARTS} parts is nothing of ours.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), text, name) from error
    except RecursionError as error:
        raise StoreError(f"{name} is nested too deeply to be {kind}.") from error
    except ValueError as error:
        # A number of more digits than Python reads, a date that is none.
        raise StoreError(f"{name} cannot be read: {error}.") from error


def _not_toml(message: str, text: str, name: str) -> StoreError:
    at = _AT.search(message)
    line = int(at[1]) if at and at[1] else text.count("\n") + 1
    key = table_at(text, line)
    what = _AT.sub("", message)[:300]
    end = " (the end of the file: is it whole?)" if at and not at[1] else ""
    return StoreError(f"{name}, line {line}{end}{f', at {key[:200]}' if key else ''}: {what}.", key)


def refused(error: ValidationError, text: str, name: str, above: tuple[str, ...] = ()) -> StoreError:
    """What a model says of the document, with its line and key; ``above`` is the key of the table that it read."""
    first = error.errors(include_url=False)[0]
    path = tuple(part for part in (*above, *first["loc"]) if part != "[key]")
    match first["type"]:
        case "missing":
            what = "is missing"
        case "extra_forbidden":
            what = "is not a key that makeroom knows"
        case _:
            message = str(first["msg"])
            what = f"is refused: {message[:1].lower()}{message[1:300]}"
    return at_fault(text, name, path, what)


def at_fault(text: str, name: str, path: tuple[str | int, ...], what: str) -> StoreError:
    """The refusal of what stands at a path of keys and indexes: ``what`` goes on after its key."""
    line, key = locate(text, path), dotted(path)
    at = f", line {line}" if line else ""
    return StoreError(f"{name}{at}: {key[:300]} {what}.", key)
