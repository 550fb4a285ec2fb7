"""Brier score, reliability, and what odds of decisions are held against, on figures worked by hand."""

from __future__ import annotations

from fractions import Fraction

from scenarios.graded.calibration import Band, Said, calibration_of
from scenarios.graded.plan_odds import item_odds_of
from store.records import Outcome


def test_twenty_outcomes_are_scored_as_by_hand() -> None:
    # 10 at 70%, 7 of them true; 6 at 90%, 6 true; 4 at 40%, 1 true. Squares: 7 * .09 + 3 * .49 = 2.10; 6 * .01 = .06;
    # .36 + 3 * .16 = .84. In all 3.00 / 20 = .15. Always 14 of 20 = 70%: .7 * .3 = .21.
    said = [Said(0.7, at < 7) for at in range(10)] + [Said(0.9, True)] * 6 + [Said(0.4, at < 1) for at in range(4)]
    found = calibration_of(said)
    assert (found.outcomes, found.came_true, found.brier, found.constant) == (
        20,
        14,
        Fraction(3, 20),
        Fraction(21, 100),
    )
    assert found.bands == (
        Band(40, 49, 4, 1, Fraction(2, 5)), Band(70, 79, 10, 7, Fraction(7, 10)), Band(90, 100, 6, 6, Fraction(9, 10)),
    )  # fmt: skip


def test_nineteen_say_nothing() -> None:
    found = calibration_of([Said(0.7, True)] * 19)
    assert (found.outcomes, found.came_true, found.brier, found.constant, found.bands) == (19, 19, None, None, ())


def test_odds_fall_in_the_band_that_they_read_as() -> None:
    found = calibration_of([Said(odds, True) for odds in (0.695, 0.6949, 0.795, 0.05, 1.0)] * 4)
    assert [(band.first, band.last, band.said) for band in found.bands] == [
        (0, 9, 4), (60, 69, 4), (70, 79, 4), (80, 89, 4), (90, 100, 4),
    ]  # fmt: skip


def test_items_that_a_decision_took_out_are_no_outcome() -> None:
    rows = [
        Outcome(id=at, quarter="Q1", number=1, became=became, odds=odds, planned=True)
        for at, (became, odds) in enumerate(
            [("done", 0.9), ("unfinished", 0.6), ("deferred", 0.5), ("dropped", 0.4), ("done", None)], 1
        )
    ]
    assert item_odds_of(rows) == (Said(0.9, True), Said(0.6, False))
