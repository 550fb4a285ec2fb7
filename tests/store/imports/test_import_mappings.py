"""Saved mappings: what is written is read again, and what means nothing is named by file, line and key."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from store.common.errors import StoreError
from store.imports import mappings
from store.imports.errors import ImportOptionError, UnreadableFileError
from store.imports.mappings import (
    SourceMapping,
    load_mapping,
    mapping_for,
    mapping_of_text,
    mapping_path,
    mapping_text,
    save_mapping,
    saved_mappings,
)
from store.imports.options import ImportOptions, RuleWish, TeamWish


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(mappings, "config_folder", lambda: tmp_path)
    return tmp_path / "mappings"


FULL = SourceMapping(
    "plain",
    ";",
    "cp1252",
    "Backlog",
    ImportOptions(
        points_per_ew=8.0,
        hours_per_ew=33.3,
        columns={"title": "Headline", "days": "", "note": 'A "quoted" name = x'},
        teams=(TeamWish("Pay", 34.0), TeamWish("Größe")),
        rules=(RuleWish("label", "a=b", "I"), RuleWish("type", "Bug", "Q")),
        include_done=True,
        history=True,
        dates="day-first",
        parents="both",
        on_conflict="source",
        ignored=("Sprint",),
        statuses={"Live": True, "Parked": False},
        decimal="comma",
    ),
    header_line=3,
)


@pytest.mark.parametrize("mapping", [FULL, SourceMapping()])
def test_comes_back_as_it_was(mapping: SourceMapping, folder: Path) -> None:
    assert save_mapping("ours", mapping) == folder / "ours.toml"
    assert load_mapping("ours") == mapping
    assert [each.name for each in folder.iterdir()] == ["ours.toml"]


def test_a_path_is_a_path(tmp_path: Path, folder: Path) -> None:
    save_mapping(str(tmp_path / "team.toml"), FULL)
    assert load_mapping(str(tmp_path / "team.toml")) == FULL
    assert not folder.exists()
    for name in ("", "..", "\0", "a" * 101, ".hidden"):
        with pytest.raises(ImportOptionError):
            mapping_path(name)


def test_one_that_is_not_there_names_the_others(folder: Path) -> None:
    with pytest.raises(UnreadableFileError, match="--save-mapping NAME makes one"):
        load_mapping("none")
    save_mapping("ours", FULL)
    with pytest.raises(UnreadableFileError, match="there are: ours"):
        load_mapping("none")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('format = "jira"\nformt = 5\n', 2, "formt: means nothing; the keys are format"),
        ("format = 5\n", 1, "format: must be text in quotes"),
        ('\n\n  dates = "american"\n', 3, "dates: must be one of day-first, month-first"),
        ('points-per-week = "8"\n', 1, "points-per-week: must be a number"),
        ("points-per-week = true\n", 1, "must be a number"),
        ("points-per-week = -1\n", 1, "above 0"),
        ("hours-per-week = nan\n", 1, "above 0"),
        ("include-done = 1\n", 1, "must be true or false"),
        ('teams = "Pay"\n', 1, "must be a list of names"),
        ('teams = ["Pay=lots"]\n', 1, "net capacity"),
        ('columns = "title"\n', 1, "must be a table"),
        ('[columns]\ntitle = "A"\ntitel = "B"\n', 3, "Did you mean title"),
        ("[columns]\ntitle = 5\n", 2, "title: must be text in quotes"),
        ('[slices]\n"label:x" = "I"\n"colour:x" = "I"\n', 3, "write type, label or component"),
    ],
)
def test_what_means_nothing(folder: Path, text: str, line: int, words: str) -> None:
    folder.mkdir()
    (folder / "bad.toml").write_text(text)
    with pytest.raises(ImportOptionError) as error:
        load_mapping("bad")
    assert str(error.value).startswith(f"{folder / 'bad.toml'}, line {line}: ")
    assert words in str(error.value)


@pytest.mark.parametrize("data", [b"format = ", b"\xff\xfe", b"[" * 100_000, b"#" * 1_000_001, b"a = 1\na = 2\n"])
def test_what_is_no_toml(folder: Path, data: bytes) -> None:
    folder.mkdir()
    (folder / "bad.toml").write_bytes(data)
    with pytest.raises(StoreError, match=r"bad\.toml"):
        load_mapping("bad")


def test_a_folder_that_cannot_be_written(tmp_path: Path, folder: Path) -> None:
    folder.write_text("a file in its place")
    with pytest.raises(UnreadableFileError, match="cannot be written"):
        save_mapping("ours", FULL)


def test_one_that_was_made_on_such_a_file_is_found(folder: Path) -> None:
    """By the names of the columns, in whatever order and case; the latest of several; damaged ones are passed over."""
    header = ("Headline", "Effort", "Labels", "Labels")
    assert mapping_for(header) is None
    save_mapping("other", replace(FULL, header=("Headline", "Effort")))
    save_mapping("unknown", FULL)
    assert mapping_for(header) is None
    first = replace(FULL, header=header)
    save_mapping("first", first)
    assert load_mapping("first").header == ("Headline", "Effort", "Labels")
    found = mapping_for(("effort", "labels", "HEADLINE"))
    assert found is not None
    assert found[0] == "first"
    assert found[1].options == FULL.options
    save_mapping("second", replace(first, sheet="Other"))
    os.utime(folder / "second.toml", (2e9, 2e9))
    (folder / "damaged.toml").write_text("header = [")
    os.utime(folder / "damaged.toml", (2.1e9, 2.1e9))
    assert saved_mappings()[:2] == ["damaged", "second"]
    found = mapping_for(header)
    assert found is not None
    assert (found[0], found[1].sheet) == ("second", "Other")
    assert mapping_for((*header, "One more")) is None


def test_text_that_outlives_the_terminal(folder: Path) -> None:
    assert mapping_of_text(mapping_text(FULL)) == FULL
    for text in ("format = ", "nothing = 1"):
        with pytest.raises(ImportOptionError):
            mapping_of_text(text)
