"""One table of files that no workspace should be: each gets a sentence, and keeps every byte (a few seconds)."""

import pytest

from tests.store.database import bad_files


@pytest.fixture
def path(tmp_path):
    (tmp_path / "here").mkdir()
    return tmp_path / "here" / "a.db"


def is_sentence(said, path):
    return str(path) in said and said.endswith(".") and len(said) < 400 + len(str(path))


@pytest.mark.parametrize("case", bad_files.REFUSED)
def test_is_refused_with_a_sentence_and_keeps_every_byte(path, case):
    bad_files.REFUSED[case](path)
    shown = bad_files.show(path)
    assert not shown.crashed
    assert is_sentence(shown.said, path), shown
    assert shown.found.startswith("broken"), shown
    assert shown.kept


def test_who_only_looks_at_a_damaged_schema_leaves_nothing_beside_it(path):
    bad_files.REFUSED["flipped: the head of the first page"](path)
    shown = bad_files.show(path, read_only=True)
    assert "is damaged" in shown.said
    assert is_sentence(shown.said, path), shown
    assert shown.kept


@pytest.mark.parametrize("case", bad_files.FOUND_BY_VERIFY)
def test_is_found_by_verify(path, case):
    bad_files.FOUND_BY_VERIFY[case](path)
    shown = bad_files.show(path)
    assert not shown.crashed
    assert shown.found.startswith("broken"), shown
    assert shown.kept


@pytest.mark.skipif(not bad_files.RIGHTS_COUNT, reason="root may write everything, and rights differ on Windows")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_may_only_be_read_is_said_and_kept(path, what):
    with bad_files.unwritable(what, path):
        shown = bad_files.show(path)
    assert not shown.crashed
    assert "may only be read" in shown.said
    assert shown.found == "sound"
    assert shown.kept
