"""Which file is the plan that ``--scenario NAME`` means."""

from __future__ import annotations

from pathlib import Path

from store.database.places import database_path
from store.records.errors import Refused, StoreError
from store.records.text import sentence
from store.workspace.scenario_files import Listed, main_of, origin_of, scenarios_of
from tui.cli.printing import short

#: What the main plan is called.
MAIN = "main"
#: So many names are said.
_NAMED = 10


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
    found = next((one for one in every if one.name.casefold() == name.strip().casefold()), None)
    if found is None:
        names = ", ".join(f"“{short(one.name, 60)}”" for one in every[:_NAMED])
        more = f" and {len(every) - _NAMED} more" if len(every) > _NAMED else ""
        known = f"there are {names}{more}" if names else "there is none yet: makeroom scenario branch NAME makes one"
        raise Refused(f"there is no scenario “{short(name, 60)}”: {known}")
    if found.trouble:
        raise StoreError(f"“{short(found.name, 60)}” cannot be opened: {sentence(found.trouble)}")
    return found
