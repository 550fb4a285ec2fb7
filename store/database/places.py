"""Where a workspace lies, and who said so."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from store.common.errors import StoreError
from store.common.values import Value

#: The variable that names the database when the command line does not.
VARIABLE = "MAKEROOM_DB"


#: The end of the name of the folder in which a workspace's scenarios are.
SCENARIOS = ".scenarios"
_SCENARIO = re.compile(r"[a-z0-9][a-z0-9-]{0,70}\.db")

#: The end of the name of the folder that belongs to a play of a practice case, and the files in it: the case, with the
#: briefs of its roles, and how far the play is.
PLAY = ".play"
PLAYED_CASE, PLAYED_STATE = "case.toml", "state.json"

#: Where a folder of somebody's who has no home is: nothing is ever found there, and nothing can be written.
_NOWHERE = Path(os.devnull) / "makeroom"

#: How the demonstration's file is chosen.
DEMO = "demo"


class WorkspaceFile(Value):
    """A database file, and how it was chosen: ``--db``, ``MAKEROOM_DB``, ``default`` or ``demo``."""

    path: Path
    chosen: str


def database_path(argument: str | None = None, environ: Mapping[str, str] | None = None) -> WorkspaceFile:
    """The database that the command line names, else the environment, else the user's own."""
    environ = os.environ if environ is None else environ
    if argument:
        return WorkspaceFile(followed(expanded(argument)), "--db")
    if named := environ.get(VARIABLE):
        return WorkspaceFile(followed(expanded(named)), VARIABLE)
    return WorkspaceFile(followed(data_folder() / "makeroom.db"), "default")


def followed(path: Path) -> Path:
    """The file that a link leads to, any other path as it is: lock, seats and backups lie beside the file itself,
    whatever name it is opened by."""
    return path.resolve() if path.is_symlink() else path


def expanded(path: str | Path) -> Path:
    """A path with ``~`` and ``~name`` written out. Raises StoreError where there is nobody of that name."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise StoreError(f"{path} is in the home of somebody who is not known here: write the whole path.") from None


def demo_path() -> WorkspaceFile:
    """The database of the demonstration, beside the user's own."""
    return WorkspaceFile(data_folder() / "demo.db", DEMO)


def log_path() -> Path:
    """The log's file, by the customs of the system."""
    from platformdirs import user_log_dir

    return _of_person(user_log_dir) / "makeroom.log"


def backups_folder(path: Path) -> Path:
    """The folder of a workspace's backups, beside its file, whether it is there or not."""
    return path.with_name(f"{path.name}.backups")


def scenarios_folder(path: Path) -> Path:
    """The folder of a main workspace's scenarios, beside its file, whether it is there or not."""
    return path.with_name(f"{path.name}{SCENARIOS}")


def scenario_file(main: Path, name: str) -> Path | None:
    """Where a scenario's file lies; None for a name that none of ours has, which might lead out of the folder."""
    return scenarios_folder(main) / name if _SCENARIO.fullmatch(name) else None


def scenario_files(main: Path) -> list[Path]:
    """What may be a scenario of a main workspace, by its name alone."""
    try:
        names = sorted(os.listdir(scenarios_folder(main)))
    except OSError:
        return []
    return [path for name in names if (path := scenario_file(main, name)) is not None]


def is_played_case(path: Path) -> bool:
    """Whether a file is the case of a play, whose briefs are for whoever has the roles."""
    found = path.resolve()
    folder = found.parent
    return found.name == PLAYED_CASE and folder.name.endswith(PLAY) and (folder / PLAYED_STATE).is_file()


def config_folder() -> Path:
    """The folder for what the user has set, by the customs of the system."""
    from platformdirs import user_config_dir

    return _of_person(user_config_dir)


def cache_folder() -> Path:
    """The folder for what can be worked out again, by the customs of the system."""
    from platformdirs import user_cache_dir

    return _of_person(user_cache_dir)


def templates_folder() -> Path:
    """The folder for memo templates of the user's own, whether it is there or not."""
    return config_folder() / "templates"


def data_folder() -> Path:
    """The folder for the user's own data, by the customs of the system. Raises StoreError where nobody has a home."""
    # Here, since most starts name their file and need not pay for this import.
    from platformdirs import user_data_dir

    folder = _of_person(user_data_dir)
    if folder == _NOWHERE:
        raise StoreError(f"there is no home directory to keep a workspace in: name a place with --db or {VARIABLE}")
    return folder


def _of_person(folder: Callable[..., str]) -> Path:
    try:
        return Path(folder("makeroom", appauthor=False))
    except RuntimeError:
        return _NOWHERE
