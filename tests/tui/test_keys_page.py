"""Every key of every screen: named, told apart, and on the page of keys."""

from collections import Counter

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from tests.tui.keys_page import PAGE, page, tables
from tui.app.keymap import owners
from tui.widgets.keys import Keys

CLASSES = list(owners())


def test_all_screens_were_looked_at() -> None:
    names = {each.__name__ for each in CLASSES}
    assert {"Board", "TradeSheet", "CapacityScreen", "History", "Form", "Menu", "MakeroomApp", "RowTable"} <= names
    assert len(names) == len(CLASSES) > 35


@pytest.mark.parametrize("owner", CLASSES, ids=lambda each: each.__name__)
def test_each_binding_is_a_row_of_the_page(owner: type[DOMNode]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    ids, keys = [], []
    for binding in owner.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.id, f"{binding.key} of {owner.__name__} has no id"
        assert f"| `{binding.id}` |" in text
        assert binding.description
        ids.append(binding.id)
        keys += binding.key.split(",")
    assert [each for each, count in Counter(ids).items() if count > 1] == []
    assert [each for each, count in Counter(keys).items() if count > 1] == []
    for binding in owner.BINDINGS:
        name = binding.action.split("(")[0]  # type: ignore[union-attr]
        if "." not in name:
            assert callable(getattr(owner, f"action_{name}", None)), f"{owner.__name__} has no action_{name}"


def test_an_id_means_one_row() -> None:
    ids = Counter(row.id for keys in tables() for row in keys)
    assert [each for each, count in ids.items() if count > 1] == []
    titles = Counter(keys.title for keys in tables())
    assert [each for each, count in titles.items() if count > 1] == []
    assert all(isinstance(getattr(each, "KEYS", None), Keys) for each in CLASSES)


def test_the_page_is_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.tui.keys_page"


def test_each_conversation_that_a_key_begins_is_there() -> None:
    from tui.flows.conversation import TALKS, flow_of

    assert {"add", "edit", "size", "one-offs", "way", "decline", "close"} <= set(TALKS)
    for name in TALKS:
        assert callable(flow_of(name)), name
