"""A field that stands in several columns, and estimates that cannot be read: no row and no filled cell is lost."""

from __future__ import annotations

import itertools
import random

import pytest

from store.imports.errors import UnitNeededError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from tests.store.imports.test_import_merge import fresh

RATED = ImportOptions(points_per_ew=10, hours_per_ew=30)


def plan(text: str, options: ImportOptions = RATED) -> ImportPlan:
    return plan_import(fresh(), parse_table(text.encode(), "f.csv"), options)


def sizes(text: str, options: ImportOptions = RATED) -> list[str]:
    return [one.size for one in plan(text, options).new]


def said(text: str) -> str:
    return "\n".join(plan(text).notes)


class TestSeveralColumns:
    def test_the_filled_one_of_a_row_counts(self) -> None:
        """As in a site with company-managed and team-managed projects, each with its own field for points."""
        text = (
            "Summary,Issue key,Custom field (Story Points),Custom field (Story point estimate)\n"
            "Refunds,OPS-1,,20\nDunning,OPS-2,5,\nBoth,OPS-3,10,30\nNeither,OPS-4,,\n"
        )
        assert sizes(text) == ["2.0 ew", "0.5 ew", "1.0 ew", "unsized"]

    def test_the_order_of_the_columns_says_nothing(self) -> None:
        columns = {"Title": ["a", "b"], "Points": ["", "20"], "Story Points": ["10", ""], "Estimate points": ["", ""]}
        for names in itertools.permutations(columns):
            lines = [",".join(names), *(",".join(columns[name][at] for name in names) for at in (0, 1))]
            assert sizes("\n".join(lines)) == ["1.0 ew", "2.0 ew"], names

    @pytest.mark.parametrize(
        ("header", "cells", "owner", "due"),
        [
            ("Title,Assignee,Owner,Due date,Deadline", "a,,Ada,,2027-02-01", "Ada", "2027-02-01"),
            ("Title,Owner,Assigned to,Target date,Due", "a,,Ada,,2027-02-01", "Ada", "2027-02-01"),
        ],
    )
    def test_other_fields_too(self, header: str, cells: str, owner: str, due: str) -> None:
        item = next(put for put in plan(f"{header}\n{cells}\n").puts if put.table == "items")
        assert (item.owner, str(item.due)) == (owner, due)  # type: ignore[attr-defined]

    def test_a_column_that_nobody_filled_does_not_stand_before_one_that_somebody_did(self) -> None:
        assert [(one.title, one.key) for one in plan("Summary,Name,Key,Id\n,Refunds,,7\n,Dunning,,8\n").new] == [
            ("Refunds", "7"),
            ("Dunning", "8"),
        ]

    def test_a_column_of_unknown_unit_beside_points_stops_nothing(self) -> None:
        text = "Title,Custom field (Effort),Points\na,3,20\nb,3,\n"
        assert sizes(text) == ["2.0 ew", "unsized"]
        assert 'line 3: estimate "3" does not say what it counts (Custom field (Effort))' in said(text)
        assert "Take the column for points, hours, days or weeks" in said(text)
        with pytest.raises(UnitNeededError):
            plan("Title,Effort\na,3\n")

    def test_an_estimate_that_cannot_be_read_gives_way_to_one_that_can(self) -> None:
        assert sizes("Title,Points,Days\na,soon,5\n") == ["1.0 ew"]

    def test_what_is_used_is_said(self) -> None:
        text = "Title,Points,Story Points,Colour\na,,20,red\n"
        assert "points from Story Points or Points" in said(text)
        assert "Columns not used: Colour." in said(text)


class TestUnreadable:
    @pytest.mark.parametrize(
        "cell", ["3-5d", "1 to 2 weeks", "XS", "XXL", "3 months", "2 mois", "soon", "<2d", "1/2 day", "99999w", "4?"]
    )
    def test_the_row_is_taken_without_a_size(self, cell: str) -> None:
        text = f"Title,Key,Estimate\na,K-1,{cell}\nb,K-2,2w\n"
        assert [(one.key, one.size) for one in plan(text).new] == [("K-1", "unsized"), ("K-2", "2.0 ew")]
        assert "1 estimate cannot be read" in said(text)
        assert "line 2: estimate" in said(text)

    @pytest.mark.parametrize(
        ("cell", "size"),
        [
            ("Small", "S"), ("medium", "M"), ("LARGE", "L"), ("Extra large", "XL"), ("X-Large", "XL"),
            ("🐂 Large", "L"), ("Size: ", ""), ("mittel", "M"), ("Groß", "L"), ("pequeño", "S"), ("xl", "XL"),
        ],
    )  # fmt: skip
    def test_words_for_t_shirts_are_the_shirts(self, cell: str, size: str) -> None:
        expected = sizes(f"Title,Size\na,{size}\n")
        assert sizes(f"Title,Size\na,{cell}\n") == expected

    @pytest.mark.parametrize(
        ("cell", "weeks"),
        [
            ("10 Tage", 2), ("2 Wochen", 2), ("60 Stunden", 2), ("5 jours", 1), ("1 semaine", 1), ("3 semanas", 3),
            ("15 días", 3), ("2 settimane", 2), ("5 dagen", 1), ("10 person days", 2), ("10 man-days", 2),
            ("1,5 Wochen", 1.5), ("30 Std.", 1), ("2 недели", 2), ("20 story points", 2),
        ],
    )  # fmt: skip
    def test_units_of_other_languages(self, cell: str, weeks: float) -> None:
        assert sizes(f"Title;Estimate\na;{cell}\n") == [f"{weeks:.1f} ew"]

    def test_one_spoiled_estimate_costs_no_item(self) -> None:
        """For random backlogs: whatever stands in one cell, all items come in, the others with their sizes."""
        chance = random.Random(11)
        for _ in range(30):
            count = chance.randint(2, 12)
            cells = [f"{chance.randint(1, 40)}d" for _ in range(count)]
            sound = sizes("Title,Estimate\n" + "".join(f"t{at},{cell}\n" for at, cell in enumerate(cells)))
            spoiled = chance.randrange(count)
            cells[spoiled] = "".join(chance.choices("0123456789dwXLS-/.?~ é", k=chance.randint(1, 12)))
            found = sizes("Title,Estimate\n" + "".join(f"t{at},{cell}\n" for at, cell in enumerate(cells)))
            assert len(found) == count, cells[spoiled]
            assert found[:spoiled] + found[spoiled + 1 :] == sound[:spoiled] + sound[spoiled + 1 :]


def test_an_estimate_of_zero_is_told_with_its_line_and_others_are_not() -> None:
    zeros = "An estimate of 0 counts as none"
    assert f"{zeros}: line 3." in said("Title,Days\nRefunds,5\nDunning,0\nLedger,\n")
    assert zeros not in said("Title,Days\nRefunds,5\nLedger,\n")


def test_rows_without_a_key_are_known_by_their_parent_only_where_a_title_stands_under_two() -> None:
    done = plan("Title,Parent,Days\nWrite tests,Refunds,2\nWrite tests,Ledger,3\nPrint,Ledger,1\n")
    assert [(one.title, one.key) for one in done.new] == [
        ("Write tests", "Refunds / Write tests"),
        ("Write tests", "Ledger / Write tests"),
        ("Print", ""),
    ]
