"""Priorities as trackers call them, in the order that people would put them."""

import random

import pytest

from scenarios.items.priorities import has_priority, priority_place

ORDERS = (
    ("P0", "P1", "P2", "P3", "P10"),
    ("Blocker", "Critical", "Major", "Minor", "Trivial"),
    ("Highest", "High", "Medium", "Low", "Lowest"),
    ("Urgent", "High", "Medium", "Low"),
    ("1 - Critical", "2 - High", "3 - Medium", "4 - Low"),
    ("1", "2", "10", "100"),
    ("0.5", "1,5", "2"),
    ("Must have", "Should have", "Could have", "Won't have"),
    ("prio 1", "Priority: 2", "P-3"),
)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order[0])
def test_the_order_of_a_tool_is_kept(order: tuple[str, ...]) -> None:
    mixed = list(order)
    random.Random(3).shuffle(mixed)
    assert sorted(mixed, key=lambda text: priority_place(text.upper()) or 0.0) == list(order)
    assert len({priority_place(text) for text in order}) == len(order)


@pytest.mark.parametrize("text", ["soonish", "p", "10k", "Q3", "P1a"])
def test_words_without_a_place(text: str) -> None:
    assert priority_place(text) is None
    assert has_priority(text)


@pytest.mark.parametrize("text", ["", "None", "No priority", " not  set "])
def test_nothing_said(text: str) -> None:
    assert not has_priority(text)
