"""A file that is no table is named as what it is, with what to export instead."""

import pytest

from store.imports.errors import ImportOptionError, UnreadableFileError
from store.imports.merge import plan_import
from store.imports.reader import parse_table
from tests.store.imports.test_import_merge import fresh


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<html xmlns:x="urn:schemas"><table><tr><td>Key</td></tr></table></html>', "web page"),
        ("<!DOCTYPE html><html></html>", "web page"),
        ('<?xml version="1.0"?><rss version="0.92"><channel><title>JIRA</title></channel></rss>', "Jira's XML"),
        ("<?xml version='1.0'?><root/>", "XML"),
        ('{"expand":"x","total":1,"issues":[{"key":"P-1","fields":{"summary":"a"}}]}', "Jira's REST API"),
    ],
)
def test_what_it_is_and_what_to_do(text: str, words: str) -> None:
    with pytest.raises(UnreadableFileError) as error:
        parse_table(text.encode(), "f.xls")
    assert words in str(error.value)
    assert "CSV" in str(error.value)


def test_a_title_with_a_pipe_or_a_bracket_is_no_other_file() -> None:
    assert len(plan_import(fresh(), parse_table(b"Title|Days\n<a> b|5\n", "f.csv")).new) == 1


def test_no_title_names_the_columns() -> None:
    with pytest.raises(ImportOptionError, match='The columns are: "a", "b"'):
        plan_import(fresh(), parse_table(b"a,b\n1,2\n", "f.csv"))
