"""A workspace by another name, and a lock that somebody does not let go of."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from store.common.errors import StaleError
from store.database import connection
from store.database.connection import FileLock
from store.database.places import database_path
from store.workspace.workspace import Workspace
from tui import cli
from tui.cli import main


def test_a_link_leads_to_the_file_and_all_that_is_beside_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "links").mkdir()
    real, link = tmp_path / "real" / "team.db", tmp_path / "links" / "ours.db"
    link.symlink_to(real)
    with Workspace.open(link) as workspace:
        assert workspace.path == real
    assert database_path(str(link)).path == real
    assert main(["--db", str(link), "backup"]) == 0
    assert sorted(os.listdir(link.parent)) == ["ours.db"]
    assert sorted(os.listdir(real.parent)) == ["team.db", "team.db.backups", "team.db.lock"]


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="the system does not say who holds a lock")
def test_who_is_waited_for_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said, heard = [], threading.Event()

    def tell(words: str) -> None:
        said.append(words)
        heard.set()

    monkeypatch.setattr(connection, "_PATIENCE", 0.0)
    monkeypatch.setattr(connection, "tell_of_waiting", tell)
    code = (
        "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, 2); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "a.db.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    threading.Thread(target=lambda: heard.wait(60) and holder.stdin.close(), daemon=True).start()  # type: ignore[union-attr]
    lock = FileLock(tmp_path / "a.db")
    with lock.held():
        pass
    lock.close()
    holder.wait()
    assert len(said) == 1
    assert f"process {holder.pid} (" in said[0]
    assert "a.db.lock" in said[0]


def test_a_stale_change_has_its_own_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stale(*_: object, **__: object) -> None:
        raise StaleError("The item “A” changed since you looked: Ana changed rank. Look again, then repeat.")

    Workspace.open(tmp_path / "a.db").close()
    monkeypatch.setattr(Workspace, "apply", stale)
    assert cli.main(["--db", str(tmp_path / "a.db"), "rates", "hours=30", "--json"]) == 4
    out, err = capsys.readouterr()
    assert '"exit": 4' in out
    assert "Look again" in err
