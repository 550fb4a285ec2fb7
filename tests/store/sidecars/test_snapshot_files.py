"""Snapshot files: names that are no paths, whole files or none, nothing outside the folder."""

from __future__ import annotations

import errno
import os
import socket
import sys
import unicodedata
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.common.errors import StoreError
from store.sidecars.snapshot_files import MOST_BYTES, file_name, read_snapshot_file, write_snapshot_file

NAMES = (
    ("before the meeting", "before-the-meeting.toml"),
    ("../../x", "x.toml"),
    ("/etc/passwd", "etc-passwd.toml"),
    (r"C:\temp\a", "C-temp-a.toml"),
    ("CON", "snapshot-CON.toml"),
    ("con.txt", "con-txt.toml"),
    ("lpt1", "snapshot-lpt1.toml"),
    ("COM¹", "snapshot-COM1.toml"),
    ("nul.", "snapshot-nul.toml"),
    ("...", "snapshot.toml"),
    ("", "snapshot.toml"),
    ("Ａｃｍｅ", "Acme.toml"),
    ("Über 東京 №1", "Über-東京-No1.toml"),
    ("a\x00b\u202ec", "abc.toml"),
    ("-rf", "rf.toml"),
)


def never(_: str) -> bool:
    return False


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_a_name_becomes_a_safe_file_name(name: str, expected: str) -> None:
    assert file_name(name) == expected


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_no_name_is_a_path_a_device_or_too_long(name: str) -> None:
    made = file_name(name)
    stem = made.removesuffix(".toml")
    assert stem
    assert len(made.encode()) <= 255
    assert not set(made) & set('/\\:*?"<>|\0')
    assert "." not in stem
    assert not stem.startswith(("-", " "))
    assert unicodedata.normalize("NFKC", stem).casefold() not in ("con", "prn", "aux", "nul", "com1", "lpt9")
    assert all(unicodedata.category(letter)[0] not in "CZ" for letter in stem)


def test_a_file_is_written_and_read_and_written_over_by_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    path = write_snapshot_file(folder, "a/b", "one = 1\n", own=never)
    assert path == folder / "a-b.toml"
    assert read_snapshot_file(path) == "one = 1\n"
    write_snapshot_file(folder, "a/b", "two = 2\n", own=lambda text: text == "one = 1\n")
    assert path.read_bytes() == b"two = 2\n"
    assert os.listdir(folder) == ["a-b.toml"]


def test_another_snapshots_file_and_any_other_is_left_alone_unless_asked(tmp_path: Path) -> None:
    target = tmp_path / "plan.toml"
    for content in (b"somebody = 'else'\n", b"\xff\xfe", b""):
        target.write_bytes(content)
        with pytest.raises(StoreError, match="there already and is not this snapshot"):
            write_snapshot_file(tmp_path, "plan", "x = 1\n", own=never)
        assert target.read_bytes() == content
    write_snapshot_file(tmp_path, "plan", "x = 1\n", own=never, overwrite=True)
    assert target.read_text() == "x = 1\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_goes_through_a_link(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.toml", tmp_path / "folder"
    outside.write_text("precious")
    folder.mkdir()
    (folder / "plan.toml").symlink_to(outside)
    (folder / "gone.toml").symlink_to(tmp_path / "nowhere.toml")
    for name in ("plan", "gone"):
        with pytest.raises(StoreError, match="is a link"):
            write_snapshot_file(folder, name, "x = 1\n", own=lambda text: True, overwrite=True)
        with pytest.raises(StoreError, match="is a link"):
            read_snapshot_file(folder / f"{name}.toml")
    assert outside.read_text() == "precious"
    assert not (tmp_path / "nowhere.toml").exists()


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = write_snapshot_file(tmp_path, "plan", "old = 1\n", own=never)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "write":
        real = os.fdopen

        class Half:
            """Takes two bytes, and then there is no space left."""

            def __init__(self, file: IO[bytes]) -> None:
                self.file = file

            def __enter__(self) -> Half:
                return self

            def __exit__(self, *_: object) -> None:
                self.file.close()

            def write(self, content: bytes) -> None:
                self.file.write(content[:2])
                full()

        def opened(descriptor: int, mode: str, closefd: bool = True) -> object:
            file = real(descriptor, mode, closefd=closefd)
            return Half(file) if mode == "wb" else file

        monkeypatch.setattr("store.sidecars.snapshot_files.os.fdopen", opened)
    else:
        monkeypatch.setattr(f"store.sidecars.snapshot_files.os.{step}", full)
    with pytest.raises(StoreError, match=r"No space left on device\. Nothing was changed"):
        write_snapshot_file(tmp_path, "plan", "new = 2\n", own=lambda text: True)
    monkeypatch.undo()
    assert path.read_text() == "old = 1\n"
    assert os.listdir(tmp_path) == ["plan.toml"]


def test_what_is_no_snapshots_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        read_snapshot_file(tmp_path)
    with pytest.raises(StoreError, match="No such file"):
        read_snapshot_file(tmp_path / "none.toml")
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"a = 1\nb = '\xff'\n")
    with pytest.raises(StoreError, match="line 2: not UTF-8"):
        read_snapshot_file(bad)
    with bad.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(StoreError, match="larger than a snapshot can be"):
        read_snapshot_file(bad)
    bad.write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_snapshot_file(bad) == "a = 1\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
def test_pipes_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(StoreError, match="not an ordinary file"):
        read_snapshot_file(tmp_path / "pipe.toml")
    with pytest.raises(StoreError, match="not an ordinary file"):
        write_snapshot_file(tmp_path, "pipe", "x", own=never, overwrite=True)
    with pytest.raises(StoreError, match="not an ordinary file"):
        read_snapshot_file(Path("/dev/zero"))
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(tmp_path)
        server.bind("socket.toml")
        with pytest.raises(StoreError, match="Could not read"):
            read_snapshot_file(tmp_path / "socket.toml")


def test_a_folder_that_is_a_file_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Could not write"):
        write_snapshot_file(tmp_path / "file", "a", "x", own=never)
    with pytest.raises(StoreError, match="Could not write"):
        write_snapshot_file(tmp_path / "no" / "such", "a", "x", own=never)
