"""A column that names slices as people do; a name that is none of them is said, and never quietly a feature."""

from tests.store.imports.test_import_merge import fresh, plan

ROWS = "Title,Slice,ew\nkeys,Quality,2\ncache,infrastructure,3\nfeed,O,1\nodd,Quality gate,1\nmore,Platform,1\n"


def test_a_slice_is_named_by_its_letter_its_name_or_the_beginning_of_it() -> None:
    # Whatever was read before it.
    for text in (ROWS, "\n".join((ROWS.splitlines()[0], *reversed(ROWS.splitlines()[1:]))) + "\n"):
        found = {new.title: new.slice for new in plan(text, fresh()).new}
        assert found == {"keys": "Q", "cache": "I", "feed": "O", "odd": "F", "more": "F"}


def test_what_names_no_slice_is_said_with_where_it_went() -> None:
    (note,) = (note for note in plan(ROWS, fresh()).notes if "a slice that is not here" in note)
    assert note.startswith("2 rows name a slice that is not here (Quality gate (1), Platform (1)) and went to slice F")
    assert not [note for note in plan(ROWS.split("odd")[0], fresh()).notes if "not here" in note]
