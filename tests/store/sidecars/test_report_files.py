"""Reports as files: whole or not at all, and nothing else is written over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.common.errors import StoreError
from store.sidecars.report_files import write_report_file


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_report_is_written_and_an_older_one_replaced(tmp_path: Path) -> None:
    path = tmp_path / "Bericht 東京.md"
    write_report_file(path, "one\n")
    write_report_file(path, "zwei ä\n")
    assert path.read_bytes() == "zwei ä\n".encode()
    assert names(tmp_path) == [path.name]


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(StoreError, match="No space left on device"):
        write_report_file(path, "new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.md"]


def test_a_link_a_folder_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    target = tmp_path / "target.md"
    target.write_text("mine")
    link = tmp_path / "link.md"
    link.symlink_to(target)
    dangling = tmp_path / "dangling.md"
    dangling.symlink_to(tmp_path / "nowhere.md")
    for path, words in (
        (link, "is a link"),
        (dangling, "is a link"),
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "x.md", "There is no folder"),
        (tmp_path / ("x" * 300 + ".md"), "Could not write"),
    ):
        with pytest.raises(StoreError, match=words):
            write_report_file(path, "new")
    assert target.read_text() == "mine"
    assert names(tmp_path) == ["dangling.md", "link.md", "target.md"]
