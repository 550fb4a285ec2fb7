"""A team as people type it: what is understood, and what is refused with a sentence."""

from __future__ import annotations

import pytest

from store.common.errors import Refused
from store.common.team_names import NamedTeam, read_team, team_name


@pytest.mark.parametrize(
    ("text", "name", "net", "people"),
    [
        ("Core", "Core", None, None),
        ("Pay 34.0", "Pay", 34.0, None),
        ("Billing: 26", "Billing", 26.0, None),
        ("Billing:", "Billing", None, None),
        ("Pay=34 ew", "Pay", 34.0, None),
        ("Ops – 12 engineer-weeks", "Ops", 12.0, None),
        ("Platform 5 people", "Platform", None, 5),
        ("Platform (5 devs)", "Platform", None, 5),
        ("  Web  shop:  1 person ", "Web shop", None, 1),
        ("Team-7", "Team-7", None, None),
        ("Web2", "Web2", None, None),
        ("Team-7 5 people", "Team-7", None, 5),
        ("Web 2.0 3 engineers", "Web 2.0", None, 3),
    ],
)
def test_what_is_understood(text: str, name: str, net: float | None, people: int | None) -> None:
    assert read_team(text) == NamedTeam(name, net, people)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "needs a name"),
        (" :", "needs a name"),
        ("26", "a name before its figure"),
        ("5 people", "a name before its figure"),
        ("!!", "it needs a letter"),
        ("Pay -3", "Pay: a number of engineer-weeks, 0 to 10,000"),
        ("Pay 10001", "Pay: a number of engineer-weeks, 0 to 10,000"),
        ("Pay 1,5", "as 34 or 34.5"),
        ("Pay 2.5 FTE", "in whole numbers"),
        ("Pay 0 people", "1 to 200 people"),
        ("Pay 60 days", "days say neither"),
        ("x" * 201, "at most 200 characters, and this one has 201"),
    ],
)
def test_what_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_team(text)


def test_a_hidden_character_is_no_name() -> None:
    with pytest.raises(Refused, match="needs a name"):
        team_name("\u200b\x07")
    assert team_name("Größe\u202e") == "Größe"
