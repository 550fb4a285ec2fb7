"""Who may read and write a workspace: one account, or a group of accounts, whatever the umask; nobody else."""

from __future__ import annotations

import importlib
import os
import stat
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from store.backups.backup import back_up
from store.backups.restore import restore
from store.common.errors import StoreError
from store.database import sharing
from store.database.places import backups_folder, scenarios_folder
from store.database.sharing import access_in_words, share
from store.database.verify import verify
from store.records import Item
from store.sidecars.drafts import save_draft
from store.sidecars.seats import Seats, seats_folder
from store.workspace.scenario_files import make_file
from store.workspace.workspace import Workspace
from tests.store.helpers import fresh, item, put, with_sizes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
needs_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be others")
#: Numbers of accounts and of a group that need not be on the machine.
ADA, BEN, EVE, TEAM, OTHER = 61001, 61002, 61003, 61100, 61200


@pytest.fixture(params=[0o000, 0o002, 0o022, 0o027, 0o077], ids=lambda mask: f"umask {mask:03o}")
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def used(path: Path) -> None:
    """Everything is made that lies beside a workspace."""
    with fresh(path) as workspace:
        workspace.apply(with_sizes())
        seats = Seats(path, workspace.session, "ada")
        assert seats.take()
        assert save_draft(path, "0123", "ada", {"talk": "add"})
        make_file(path, "Other", "ada")
        with fresh(scenarios_folder(path) / "other.db"):
            back_up(path)
    seats.leave()


def modes(folder: Path) -> dict[str, int]:
    """All that is there, the folder too, and the mode of each."""
    found = {".": folder.stat().st_mode}
    for top, inner, names in os.walk(folder):
        found |= {str(Path(top, name).relative_to(folder)): Path(top, name).stat().st_mode for name in inner + names}
    return {name: stat.S_IMODE(mode) for name, mode in found.items()}


def test_what_one_account_makes_is_its_own_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "own" / "a.db"
    used(path)
    for name, mode in modes(path.parent).items():
        assert mode & 0o077 == 0, name
        assert mode & 0o600 == 0o600, name
    assert access_in_words(path).startswith("private")


def as_account(account: int, groups: list[int], act: Callable[[], object], umask: int) -> str:
    """Do something as another account, in a process of its own; what went wrong, or nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = ""
        try:
            os.setgroups(groups)
            os.setgid(groups[0])
            os.setuid(account)
            os.umask(umask)
            act()
        except StoreError as error:
            said = f"refused: {error}"
        except BaseException:  # noqa: BLE001 - it is told, whatever it is
            said = traceback.format_exc()
        os.write(writing, said.encode()[-60_000:])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that other accounts may enter: pytest shuts its own whenever it starts, wherever it runs."""
    with TemporaryDirectory(prefix="makeroom-shared-") as folder:
        os.chmod(folder, 0o711)
        yield Path(folder)


@needs_root
@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077])
def test_two_accounts_of_a_group_work_on_one_file_and_a_third_reads_nothing(common: Path, mask: int) -> None:
    home = common / "plan"
    home.mkdir()
    os.chown(home, ADA, OTHER)
    path = home / "a.db"

    def number_of(_: str) -> int:
        return TEAM

    sharing_number, sharing._number_of = sharing._number_of, number_of
    importlib.import_module("_strptime")
    # What is imported now can be used by those who may not read the interpreter's own folder.
    used(common / "first" / "a.db")
    restore(common / "first" / "a.db", back_up(common / "first" / "a.db").path)
    try:
        assert as_account(ADA, [OTHER, TEAM], lambda: used(path), mask) == ""
        assert "refused" in as_account(BEN, [OTHER, TEAM], lambda: fresh(path).close(), mask)
        # Who is not in the group cannot share with it, and who does not own the file cannot share it at all.
        assert "not in the group" in as_account(ADA, [OTHER], lambda: share(path, "team"), mask)
        assert "refused" in as_account(BEN, [OTHER, TEAM], lambda: share(path, "team"), mask)
        assert as_account(ADA, [OTHER, TEAM], lambda: share(path, "team"), mask) == ""
    finally:
        sharing._number_of = sharing_number

    def work(name: str) -> None:
        with fresh(path, actor=name) as workspace:
            workspace.apply(put(item(-1)))
            assert Seats(path, workspace.session, name).take()
            made = back_up(path)
            make_file(path, f"Of {name}", name)
            assert len(workspace.load().all(Item)) >= 1
        with fresh(scenarios_folder(path) / f"of-{name}.db", actor=name) as workspace:
            workspace.apply(put(item(-1)))
        restore(path, made.path)
        for end in ("-wal", "-shm", ".lock"):
            beside = path.with_name(path.name + end)
            assert not beside.exists() or os.access(beside, os.R_OK | os.W_OK), end

    for _ in range(2):
        assert as_account(BEN, [OTHER, TEAM], lambda: work("ben"), mask) == ""
        assert as_account(ADA, [OTHER, TEAM], lambda: work("ada"), mask) == ""

    def other_ones() -> None:
        # Each in the other's scenario, too, and both at once.
        with fresh(scenarios_folder(path) / "of-ben.db") as one, fresh(path) as two:
            one.apply(put(item(-1)))
            two.apply(put(item(-1)))
            assert two.undo() is not None

    assert as_account(ADA, [OTHER, TEAM], other_ones, mask) == ""
    for name, mode in modes(home).items():
        if not name.endswith(".draft"):
            assert mode & 0o007 == 0, name
            assert mode & 0o060 == 0o060, name
    assert verify(path, surroundings=False).sound

    def look() -> None:
        for each in (path, path.with_name("a.db.lock"), *backups_folder(path).glob("*")):
            with each.open("rb"):
                raise AssertionError(f"{each} can be read")

    said = as_account(EVE, [OTHER], look, mask)
    assert "PermissionError" in said or said == ""
    assert "can be read" not in said
    assert "refused" in as_account(EVE, [OTHER], lambda: Workspace.open(path, read_only=True).load(), mask)
    # Who has left the group is let in no more, and not a byte of what is there changes; the others go on with all that
    # was made by who left.
    before = {each: each.read_bytes() for each in home.rglob("*") if each.is_file()}
    assert "refused" in as_account(BEN, [OTHER], lambda: work("ben"), mask)
    assert "refused" in as_account(BEN, [OTHER], lambda: Workspace.open(path, read_only=True).load(), mask)
    assert {each: each.read_bytes() for each in home.rglob("*") if each.is_file()} == before
    assert as_account(ADA, [OTHER, TEAM], lambda: work("ada"), mask) == ""
    assert as_account(ADA, [OTHER, TEAM], other_ones, mask) == ""


def test_a_folder_with_other_things_in_it_is_not_shared(tmp_path: Path) -> None:
    used(tmp_path / "a.db")
    (tmp_path / "diary.txt").write_text("mine")
    before = modes(tmp_path)
    with pytest.raises(StoreError, match=r"holds other things, too \(diary.txt\)"):
        share(tmp_path / "a.db", "root" if os.getuid() == 0 else str(os.getgid()))
    assert modes(tmp_path) == before


def test_private_again(tmp_path: Path) -> None:
    path = tmp_path / "own" / "a.db"
    used(path)
    import grp

    name = grp.getgrgid(os.getgid()).gr_name
    share(path, name)
    assert access_in_words(path) == f"shared with the group {name}"
    assert modes(path.parent)["a.db"] == 0o660
    assert modes(path.parent)["a.db.seats/0123.draft"] == 0o600
    used(path.with_name("a.db"))
    assert {mode & 0o007 for mode in modes(path.parent).values()} == {0}
    share(path, None)
    assert {mode & 0o077 for mode in modes(path.parent).values()} == {0}
    assert seats_folder(path).stat().st_mode & 0o777 == 0o700


def test_no_such_group_and_no_such_workspace(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no workspace at"):
        share(tmp_path / "a.db", None)
    fresh(tmp_path / "a.db").close()
    with pytest.raises(StoreError, match="no group nobody-has-this"):
        share(tmp_path / "a.db", "nobody-has-this")
