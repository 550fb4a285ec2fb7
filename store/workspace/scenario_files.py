"""Scenarios: alternatives to the plan, each in a workspace file of its own in ``<main file>.scenarios``.

Such a file is a copy of the main one, journal included; its next event, "branch", puts the :class:`Origin` that makes
it a scenario, and undo never goes past that. The main file lists it as a :class:`Scenario`. The file is made before it
is listed: what a crash leaves between the two is a whole scenario that is shown as not listed.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store.backups.backup import finish, reading
from store.backups.leftovers import clear_leftovers, in_the_making
from store.common.errors import NoWorkspaceError, Refused, StoreError
from store.common.text import clean
from store.database import journal
from store.database.connection import Connection, SqliteError, connect, connect_to_look, examine, in_words
from store.database.load import load_table
from store.database.places import SCENARIOS, scenario_file, scenario_files, scenarios_folder
from store.database.sharing import make_folder, sharing_of
from store.database.write import prepared, write
from store.records import Command, Origin, Scenario, State, new_id

#: Characters of the longest name: it stands in the header.
LONGEST_NAME = 60
#: What Windows keeps for itself, whatever the suffix.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")


@dataclass(frozen=True)
class Listed:
    """A scenario of a main workspace. ``trouble`` says why it cannot be opened, as a sentence; empty where it can."""

    name: str
    path: Path
    #: its row in the main workspace; None where only the file is there
    scenario: Scenario | None
    trouble: str = ""

    @property
    def state(self) -> str:
        """open, taken or closed; "not listed" where the main workspace does not know it."""
        return self.scenario.state if self.scenario else "not listed"


def checked_name(name: str, state: State) -> str:
    """A scenario's name as it is kept. Raises Refused where there is none, it is too long, or another has it.

    ``state`` is the main workspace's.
    """
    name = clean(name).strip()
    if not name:
        raise Refused("A scenario needs a name, of letters or digits: it stands in the header.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"“{name[:LONGEST_NAME]}…” is too long for a name: at most {LONGEST_NAME} characters.")
    if name.casefold() == "main":
        raise Refused("“Main” is the main plan: give the scenario another name.")
    same = [one for one in state.each(Scenario) if one.name.casefold() == name.casefold()]
    if same:
        raise Refused(f"There is a scenario “{same[0].name}” already ({same[0].state}): give this one another name.")
    return name


def make_file(main: Path, name: str, actor: str, session: str = "") -> Path:
    """Branch: a copy of the main workspace as a scenario, whole or not at all; returns its path.

    ``actor`` and ``session`` are who the copy's journal names. Others may go on working in the main file meanwhile.
    Raises StoreError with a sentence where there is no copy; then no file lies there.
    """
    try:
        if not examine(main):
            raise StoreError(f"There is no workspace at {main} to branch from.")
        folder = _folder(main)
        with reading(main) as connection, _unfinished(folder, main, name) as copy:
            connection.execute("PRAGMA query_only=OFF")
            connection.execute("VACUUM INTO ?", (str(copy),))
            _begin(copy, main, name, actor, session)
            return _named(copy, folder, name)
    except (SqliteError, OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(
            f"No scenario was made: {reason}. The plan is as it was; see that there is space in {main.parent} and the "
            "right to write there, then try again."
        ) from error


def discard(path: Path) -> None:
    """Remove a scenario's file that was made a moment ago, and could not be listed."""
    with suppress(OSError):
        path.unlink()


def listing(name: str, path: Path, author: str, note: str = "", snapshot_id: int | None = None) -> Command:
    """The main workspace's command that lists a scenario; undo passes it over."""
    row = Scenario(
        id=new_id(),
        name=name,
        file=path.name,
        at=datetime.now(UTC).replace(microsecond=0),
        author=author,
        note=note,
        snapshot_id=snapshot_id,
    )
    return Command(journal.SCENARIO, f"Scenario “{name}” branched", (row,))


def closing_of(scenario: Scenario) -> Command:
    """The main workspace's command that marks a scenario closed; the file stays."""
    row = scenario.model_copy(update={"state": "closed"})
    return Command(journal.SCENARIO, f"Scenario “{scenario.name}” closed", (row,))


def listed(main: Path, state: State) -> list[Listed]:
    """The scenarios of a main workspace, as it lists them, then those of which only the file is there."""
    found = []
    for row in state.each(Scenario):
        path = scenario_file(main, row.file)
        known = row.file if path is not None else clean(row.file)[:LONGEST_NAME]
        trouble = _trouble(main, path) if path is not None else f"“{known}” is not the name of a scenario's file"
        found.append(Listed(row.name, path or scenarios_folder(main), row, trouble))
    ours = {row.file for row in state.all(Scenario).values()}
    for path in scenario_files(main):
        if path.name not in ours and not _trouble(main, path):
            origin = origin_of(path)
            found.append(Listed(origin.name if origin else path.stem, path, None))
    return found


def scenarios_of(main: Path) -> list[Listed]:
    """As :func:`listed`, with nothing read of the main workspace but its list. Raises StoreError where it cannot be."""
    try:
        if not examine(main):
            raise NoWorkspaceError(main)
        with closing(connect_to_look(main)) as connection:
            rows = load_table(connection, Scenario, main, known_only=True)
    except (SqliteError, OSError, ValueError) as error:
        raise in_words(error, main, "read") from error
    return listed(main, State({Scenario.table: rows}))


def main_of(path: Path, origin: Origin) -> Path:
    """The main workspace of the scenario at ``path``. Raises StoreError where it does not lie beside its folder."""
    main = path.absolute().parent.parent / origin.main
    beside = Path(origin.main).name == origin.main and path.absolute().parent.name == f"{origin.main}{SCENARIOS}"
    if not beside or not main.is_file():
        raise StoreError(
            f"“{origin.name}” is a scenario of {clean(origin.main)[:100]}, which does not lie beside its folder "
            f"{path.absolute().parent}: put the file back there. The scenario itself can be worked on."
        )
    return main


def origin_of(path: Path) -> Origin | None:
    """What makes a file a scenario; None where it is none. Raises StoreError where it cannot be read."""
    try:
        if not examine(path):
            return None
        with closing(connect_to_look(path)) as connection:
            rows = load_table(connection, Origin, path, known_only=True)
    except (SqliteError, OSError, ValueError) as error:
        raise in_words(error, path, "read") from error
    return next(iter(rows.values()), None)


def _trouble(main: Path, path: Path) -> str:
    """Why a scenario's file cannot be opened; empty where it can."""
    if path.is_symlink() or scenarios_folder(main).is_symlink():
        return f"{path.name} is a link: links are not followed"
    if not path.exists():
        return f"its file {path.name} is missing: put it back, or close the scenario"
    try:
        origin = origin_of(path)
    except StoreError as error:
        return str(error)
    if origin is None:
        return f"{path.name} is a workspace, and no scenario"
    return "" if origin.main == main.name else f"{path.name} is a scenario of {clean(origin.main)[:100]}"


def _folder(main: Path) -> Path:
    if origin_of(main) is not None:
        raise StoreError("This is a scenario itself: a scenario branches from the main plan, or from a snapshot of it.")
    folder = scenarios_folder(main)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise StoreError(f"{folder} is not a folder of ours, and nothing is written there: move it out of the way.")
    make_folder(folder, main)
    clear_leftovers(main)
    return folder


@contextmanager
def _unfinished(folder: Path, main: Path, name: str) -> Iterator[Path]:
    """A name to write the copy under; whatever is left there in the end is removed, an empty folder too."""
    try:
        with in_the_making(folder / f"{_slug(name)}.db") as copy:
            sharing_of(main).apply(copy)
            yield copy
    finally:
        with suppress(OSError):
            folder.rmdir()


def _begin(copy: Path, main: Path, name: str, actor: str, session: str) -> None:
    """Put the origin into the copy, which nobody else knows yet, as an event of its own."""
    with closing(connect(copy, create=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _write_origin(connection, main, name, actor, session)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def _write_origin(connection: Connection, main: Path, name: str, actor: str, session: str) -> None:
    origin = Origin(
        id=new_id(),
        name=name,
        main=main.name,
        seq=journal.last_seq(connection),
        at=datetime.now(UTC).replace(microsecond=0),
    )
    label = f"Scenario “{name}”, branched from {main.name}"
    event, _ = journal.begin_event(connection, actor, session, journal.BRANCH, clean(label))
    write(connection, prepared(Command(journal.BRANCH, label, (origin,))))
    journal.end_event(connection, event.seq)


def _named(copy: Path, folder: Path, name: str) -> Path:
    slug = _slug(name)
    for number in range(1, 1000):
        target = folder / (f"{slug}.db" if number == 1 else f"{slug}-{number}.db")
        # What lies beside a file of that name would be taken for its journal.
        if not any(os.path.lexists(target.with_name(target.name + end)) for end in ("", "-wal", "-journal")):
            with suppress(FileExistsError):
                finish(copy, target)
                return target
    raise StoreError(f"There are too many files called {slug} in {folder}: give the scenario another name.")


def _slug(name: str) -> str:
    """A name as the name of a file, which any system can keep: small letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-")
    return f"scenario-{slug}".rstrip("-") if not slug or _RESERVED.fullmatch(slug) else slug
