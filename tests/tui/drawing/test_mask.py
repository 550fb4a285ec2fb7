"""What is hidden on a screen that others see: names and amounts, and nothing else."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual.color import Color

from store.common.currencies import CODES, with_sign
from tui.drawing.mask import Mask


def hidden(text: str) -> str:
    """The text as it is shown, with a * for each cell that is veiled."""
    (found,) = Mask(lambda: ["Acme Corp", "Nordlys AS"]).apply([Segment(text)], Color(0, 0, 0))
    assert len(found.text) == len(text)
    return "".join("*" if new == "░" else new for new in found.text)


@pytest.mark.parametrize("code", sorted(CODES))
def test_an_amount_in_any_currency_is_hidden(code: str) -> None:
    for amount in ("480k", "1,250,000", "1.2M"):
        shown = hidden(f"for {with_sign(amount, code)} a year")
        assert not any(figure in shown for figure in "0123456789"), shown
        assert shown.startswith("for ")
        assert shown.endswith(" a year")
    assert not any(figure in hidden(f"{code} 900k, then 70 {code}") for figure in "0123456789")


def test_what_is_no_amount_is_shown() -> None:
    for text in (
        "odds 73% (target 70%)",
        "Hanseatic: EDI 315 status feed",
        "Web 17.2/28.0 88%",
        "SSO and SCIM for every tenant",
        "P95 quote latency under 400 ms",
        "Interview 12 churned shippers, 3 months",
        "one-offs 7% of 10%   net 84.0   load 50.0",
        "Q1 2027, week 6 of 13, 2 Feb",
    ):
        assert hidden(text) == text


def test_names_are_hidden_also_where_they_are_cut() -> None:
    # A word that ends as a name begins is none.
    assert hidden("the inac… and Acm…") == "the inac… and ****"
    assert hidden("Nordlys: a feed, for Nordlys's men; nordlysing") == "*******: a feed, for ********* men; nordlysing"
    assert hidden("for Acme Corp and nordlys as") == "for ********* and **********"
    assert hidden("for Acme…") == "for *****"
    assert hidden("deal $480k x 60%") == "deal ***** x 60%"
