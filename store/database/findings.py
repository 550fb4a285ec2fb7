"""What a look through a workspace's file found: each with a level, what, and what to do; for people and programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

#: Fine; good to know; better seen to; not as it was written.
Level = Literal["ok", "note", "warning", "broken"]
_MOST_NAMED = 5


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``check`` is its stable name; ``do`` is empty where there is nothing to do."""

    level: Level
    check: str
    what: str
    do: str = ""


@dataclass(frozen=True)
class Report:
    """All that was found in a file. ``seal`` is the last event's: kept elsewhere, it proves the journal later on."""

    path: Path
    findings: tuple[Finding, ...]
    #: The format's version, the number of events, and the seal of the last; None where they cannot be read.
    version: int | None = None
    events: int | None = None
    seal: str | None = None

    @property
    def sound(self) -> bool:
        """Whether everything in the file is as it was written."""
        return not any(finding.level == "broken" for finding in self.findings)

    def of(self, level: Level) -> tuple[Finding, ...]:
        """The findings of one level."""
        return tuple(finding for finding in self.findings if finding.level == level)

    def as_json(self) -> dict[str, Any]:
        """The report for programs; these keys stay."""
        return {
            "path": str(self.path),
            "sound": self.sound,
            "version": self.version,
            "events": self.events,
            "seal": self.seal,
            "findings": [
                {"level": one.level, "check": one.check, "what": one.what, "do": one.do} for one in self.findings
            ],
        }


def listed(things: Iterable[str]) -> str:
    """The first few of many, and how many more there are."""
    every = list(things)
    more = f"; and {len(every) - _MOST_NAMED} more" if len(every) > _MOST_NAMED else ""
    return "; ".join(every[:_MOST_NAMED]) + more
