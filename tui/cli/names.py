"""What somebody typed on the command line: pairs of a name and a value, numbers, days, and what no record holds."""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.figures.names import plain_name
from scenarios.figures.readers import number_of
from store.common.errors import Refused, refused_about
from store.records import RecordError
from tui.cli.printing import short
from tui.forms.plain_change import column_refused


def pairs(texts: Iterable[str], example: str) -> list[tuple[str, str]]:
    """(name, value) of each ``NAME=VALUE``. Raises Refused where one is none, or a name is given twice."""
    found: dict[str, tuple[str, str]] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise Refused(f"“{short(text)}” is not NAME=VALUE: write it as {example}")
        if plain_name(name) in found:
            raise Refused(f"“{short(name.strip())}” is given twice")
        found[plain_name(name)] = name.strip(), value.strip()
    return list(found.values())


def number(text: str, what: str) -> float | None:
    """A number, None where the text is empty. Raises Refused, which says of what."""
    with refused_about(before=f"{short(what)}: "):
        return number_of(text)


def refusal(error: RecordError) -> Refused:
    """What no record holds, as a sentence."""
    return Refused(column_refused(error)[1])
