"""A play that is led, with seats at it in this process; and where a brief must not be found."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from scenarios.practice.case import Case
from store.sidecars.plays import play_folder
from tests.tui.app_helpers import NARROW, NORMAL, Room, opened
from tui.practice.case_list import case_named
from tui.practice.play import begin


def led(folder: Path, name: str = "ferry") -> Path:
    """A play of a case that Ana leads."""
    case, text = case_named(name)
    return begin(case, text, "Ana", folder / "play", facilitated=True)


@asynccontextmanager
async def seats(path: Path) -> AsyncIterator[tuple[Room, Room, Room]]:
    """Ana, who leads, with her script; Ben; and Cleo at a small screen."""
    async with (
        opened(path, NORMAL, actor="Ana", seated=True) as ana,
        opened(path, actor="Ben", seated=True) as ben,
        opened(path, NARROW, actor="Cleo", seated=True) as cleo,
    ):
        await ana.until(lambda: ana.dialog == "LeadScreen", "the script")
        yield ana, ben, cleo


async def tick(*rooms: Room) -> None:
    """A second passes at these seats."""
    for room in rooms:
        # At its own seat: which app is meant is a matter of where the call is made.
        room.app.call_later(room.board.play_clock.tick)  # type: ignore[union-attr]
        await room.settle()


def sentences(case: Case, key: str) -> list[str]:
    """What a role's brief says, each long enough to be found nowhere else."""
    role = case.role(key)
    assert role is not None
    return [text for text in (role.incentives, role.knows, role.may_give) if text]


def shared(path: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file of the play but the case itself: workspace, write-ahead log, seats, drafts, how far it is."""
    for found in path.parent.rglob("*"):
        if found.is_file() and found != play_folder(path) / "case.toml":
            yield found, found.read_bytes()
