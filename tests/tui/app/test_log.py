"""The log: what happened, by numbers and kinds, and never a title, a name or an amount."""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.common.errors import StaleError
from store.records import Command
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import item, opened, small, stored
from tests.tui.processes import PATIENCE
from tests.tui.seats.test_live import somebody
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.app import log_file
from tui.session.session import Session

TITLE, CUSTOMER, AMOUNT, ACTOR = "Xylophone-ledger", "Quixotic-Bank", "73519", "Zebedee-Q"


def words_in(file: Path) -> str:
    """What a log says, without the times and process numbers, which hold any digits by chance."""
    return re.sub(r"^[\d-]+ [\d:,]+ \d+ ", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """A log of its own, ended after the test."""
    path = tmp_path / "logs" / "makeroom.log"
    log_file.end()
    yield path
    log_file.end()


def test_it_begins_and_ends_with_versions(kept: Path) -> None:
    import sqlite3

    log_file.begin(kept)
    log_file.begin(kept)
    log_file.end()
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert f"SQLite {sqlite3.sqlite_version}" in lines[0]
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in lines[0]
    assert lines[1].endswith("stop, quit")


def test_it_turns_over_at_a_megabyte_and_keeps_five(kept: Path) -> None:
    log_file.begin(kept)
    for number in range(70_000):
        logging.getLogger("makeroom").info("event %d, %s", number, "x" * 60)
    log_file.end()
    files = sorted(kept.parent.iterdir())
    assert [file.name for file in files] == ["makeroom.log", *(f"makeroom.log.{n}" for n in range(1, 6))]
    assert all(file.stat().st_size <= 1_000_000 for file in files)


def test_an_error_is_noted_by_type_and_place_and_not_by_what_it_says(kept: Path) -> None:
    def inner() -> None:
        raise ValueError(f"{TITLE} for {CUSTOMER}")

    def outer() -> None:
        try:
            inner()
        except ValueError as error:
            raise StaleError(f"The item “{TITLE}” changed: {AMOUNT}") from error

    log_file.begin(kept)
    try:
        outer()
    except StaleError as error:
        log_file.note_error(error)
    log_file.end()
    text = words_in(kept)
    for secret in (TITLE, CUSTOMER, AMOUNT):
        assert secret not in text
    for told in ("StaleError", "builtins.ValueError", "test_log.py", " inner", " outer"):
        assert told in text, told


def test_a_chain_of_errors_that_leads_back_to_itself_ends() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert len(list(log_file.lines_of(first))) == 2


def test_where_no_log_can_be_written_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    log_file.begin(tmp_path / "file" / "makeroom.log")
    logging.getLogger("makeroom").info("event")
    log_file.end()


async def test_what_happens_on_the_board_leaves_no_words_in_the_log(kept: Path, tmp_path: Path) -> None:
    log_file.begin(kept)
    path = small(tmp_path, [("One", 2.0, {}), (TITLE, 2.0, {})])
    async with opened(path, actor=ACTOR, seated=True) as room:
        await room.press("a")
        await room.write(f"Second {TITLE} ~2-3-4 #oneoff >{CUSTOMER} ${AMOUNT}@60% by:{CUSTOMER}", "enter")
        # There is one that is called much the same.
        await room.until(lambda: room.dialog == "Report")
        await room.press("enter")
        # So many one-offs take a signature.
        await room.write(CUSTOMER, "enter")
        await room.write(TITLE, "enter")
        await room.look_at(TITLE)
        await room.press("enter")
        await room.replace(f"{TITLE} again")
        with somebody(path, CUSTOMER) as other:
            other.edit(TITLE, owner=CUSTOMER)
        await room.until(lambda: item(room.board.session.state, TITLE).owner == CUSTOMER)
        await room.press("ctrl+s")
        await room.until(lambda: room.dialog == "Form")
        await room.press("ctrl+s", "u")
        room.board.commit(Command("edit", TITLE, (item(stored(path), "One").model_copy(update={"rev": 99}),)))
    log_file.end()
    text = words_in(kept)
    for secret in (TITLE, CUSTOMER, AMOUNT, "Zebedee", "Second", "480", "One"):
        assert secret not in text, secret
    for told in ("event 3, ", "refused, StaleError", "seat ", "undo"):
        assert told in text, told


def test_the_session_notes_each_event_by_number(kept: Path, tmp_path: Path) -> None:
    log_file.begin(kept)
    path = small(tmp_path, [("One", 2.0, {})])
    with Workspace.open(path) as workspace:
        session = Session(workspace)
        applied = session.commit(
            Command("edit", TITLE, (item(session.state, "One").model_copy(update={"note": TITLE}),))
        )
        assert applied is not None
        session.undo()
    log_file.end()
    text = words_in(kept)
    assert f"event {applied.event.seq}, edit" in text
    assert f"event {applied.event.seq + 1}, undo" in text


@needs_a_pty
def test_where_says_its_place_and_a_run_is_in_it(tmp_path: Path) -> None:
    import subprocess

    from tests.tui.terminal import ROOT, RUN

    environ = environment(tmp_path)
    said = subprocess.run(
        [*RUN, "where"], env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    ).stdout
    (line,) = [line for line in said.splitlines() if line.startswith("log:")]
    path = Path(line.removeprefix("log:").strip())
    assert path.is_relative_to(tmp_path)
    with Terminal(["demo", "--as", ACTOR], 100, 30, environ) as terminal:
        terminal.until("Carrier onboarding", "add a request")
        end = time.monotonic() + PATIENCE
        while not path.exists() and time.monotonic() < end:
            terminal.press("down")
        terminal.press("q")
        assert terminal.ended() == 0
    text = words_in(path)
    assert "start, makeroom" in text
    assert "stop, quit" in text
    assert ACTOR not in text
    assert "Carrier" not in text
