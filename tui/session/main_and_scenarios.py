"""The main plan and its scenarios: which file is which, who sits at which, and how one of them is branched off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from store.common.errors import StoreError
from store.database.places import scenario_file, scenarios_folder
from store.records import Command, Origin, Snapshot
from store.sidecars.seats import SUFFIX, Seat, Seats
from store.workspace.scenario_files import discard, listing, main_of, origin_of
from store.workspace.workspace import Workspace
from tui.session.session import Session


def main_path(session: Session) -> Path:
    """The main workspace's file, from it or from one of its scenarios. Raises StoreError where it is not there."""
    origin = next(iter(session.state.all(Origin).values()), None)
    return main_of(session.workspace.path, origin) if origin else session.workspace.path


def family(session: Session) -> Iterator[Path]:
    """The main workspace's file and those of its scenarios that somebody sits at, but for the one that is open."""
    try:
        main = main_path(session)
    except StoreError:
        return
    folder, own = scenarios_folder(main), session.workspace.path.absolute()
    seated = sorted(folder.glob(f"*.db{SUFFIX}")) if not folder.is_symlink() else []
    for path in (main, *(scenario_file(main, each.name.removesuffix(SUFFIX)) for each in seated)):
        if path is not None and path.absolute() != own:
            yield path


def elsewhere(session: Session) -> list[tuple[Path, Seat]]:
    """Who sits at the main plan or in another scenario, and in which file."""
    return [(path, seat) for path in family(session) for seat in Seats(path, "", "").others()]


def named(path: Path) -> str:
    """Which of the plans a file is, for people."""
    try:
        origin = origin_of(path)
    except StoreError:
        origin = None
    return f"in the scenario “{origin.name}”" if origin else "in the main plan"


# -------------------------------------------------- what the main plan lists


def write_to_main(session: Session, main: Path, command: Command) -> None:
    """Write what no figure depends on to the main workspace, whichever of the plans is open. Raises StoreError."""
    if not session.state.all(Origin):
        session.keep(command)
        return
    with Workspace.open(main, actor=session.workspace.actor, create=False) as workspace:
        workspace.apply(command)


def list_branch(
    session: Session, main: Path, path: Path, name: str, note: str = "", snapshot: Snapshot | None = None
) -> None:
    """Have the main workspace list a scenario whose file was just made. Raises StoreError; then the file is gone again.

    ``snapshot`` is the one that it begins with; the main workspace knows it where it is the one that is open.
    """
    own = snapshot.id if snapshot is not None and not session.state.all(Origin) else None
    try:
        write_to_main(session, main, listing(name, path, session.workspace.actor, note, own))
    except StoreError:
        discard(path)
        raise
