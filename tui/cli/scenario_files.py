"""Which file is the plan that ``--scenario NAME`` means."""

from __future__ import annotations

from pathlib import Path

from scenarios.figures.names import Kind, exactly, unknown
from store.common.errors import StoreError
from store.common.text import sentence
from store.database.places import database_path
from store.workspace.scenario_files import Listed, main_of, origin_of, scenarios_of
from tui.cli.printing import short

#: What the main plan is called.
MAIN = "main"
SCENARIO: Kind[Listed] = Kind("scenario", none="there is none yet: makeroom scenario branch NAME makes one")


def main_file(db: str | None) -> Path:
    """The main plan's file, where ``db`` is that or one of its scenarios. Raises StoreError where it is not there."""
    path = database_path(db).path
    origin = origin_of(path)
    return main_of(path, origin) if origin is not None else path


def file_of(db: str | None, name: str) -> Path:
    """The file of one of the plans. Raises Refused where none is called so, StoreError where it cannot be opened."""
    main = main_file(db)
    return main if name.strip().casefold() == MAIN else called(main, name).path


def called(main: Path, name: str) -> Listed:
    """A scenario by its name. Raises as :func:`file_of`."""
    every = scenarios_of(main)
    found = exactly(every, name, SCENARIO)
    if found is None:
        raise unknown(every, name, SCENARIO)
    if found.trouble:
        raise StoreError(f"“{short(found.name, 60)}” cannot be opened: {sentence(found.trouble)}")
    return found
