"""What the commands for files and backups say with ``--json``; times are ISO 8601 with their zone."""

from __future__ import annotations

from datetime import datetime

from tui.cli.outputs import OUTPUTS, Output


class FindingOut(Output):
    """What was found: ``level`` is broken, note or fine; ``do`` says what helps."""

    level: str
    check: str
    what: str
    do: str


class VerifyOut(Output):
    """``makeroom verify``; ``version``, ``events`` and ``seal`` are null where they could not be read."""

    path: str
    sound: bool
    version: int | None
    events: int | None
    seal: str | None
    findings: list[FindingOut]


class EventOut(Output):
    """A change of the journal."""

    seq: int
    at: datetime
    actor: str
    kind: str
    label: str


class BackupOut(Output):
    """A backup, its ``size`` in bytes; ``at`` and ``kind`` by its name, the rest null where it cannot be read."""

    path: str
    at: datetime | None = None
    kind: str | None = None
    size: int
    items: int | None
    decisions: int | None
    last: EventOut | None


class BackupMadeOut(BackupOut):
    """``makeroom backup``: whether what was copied is ``sound``."""

    sound: bool
    findings: list[FindingOut]


class BackupsOut(Output):
    """``makeroom restore`` without a name: the backups, newest first."""

    path: str
    backups: list[BackupOut]


class RestoreOut(Output):
    """``makeroom restore NAME``: what going back loses and gains; ``kept`` is where the file as it was is now."""

    path: str
    backup: BackupOut
    sound: bool
    findings: list[FindingOut]
    present: bool
    lost: list[EventOut]
    gained: list[EventOut]
    restored: bool
    kept: str | None


class ExportOut(Output):
    """``makeroom export`` into a file: ``notes`` are what the file cannot hold."""

    file: str
    what: str
    format: str
    notes: list[str]


class ShareOut(Output):
    """``makeroom share``: who may open the workspace, in words; ``group`` is null where it is not shared with one."""

    path: str
    access: str
    group: str | None


class ConfigOut(Output):
    """``makeroom config``: where settings are kept, and each as it is written."""

    path: str
    settings: dict[str, str]


OUTPUTS.update(
    {
        "config": ConfigOut,
        "share": ShareOut,
        "verify": VerifyOut,
        "backup": BackupMadeOut,
        "backups": BackupsOut,
        "restore": RestoreOut,
        "export": ExportOut,
    }
)
