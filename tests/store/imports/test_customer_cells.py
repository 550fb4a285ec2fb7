"""Which customers a cell names."""

from __future__ import annotations

import pytest

from store.imports.customer_cells import CustomerCells
from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.records import Customer, Wait
from tests.store.imports.test_import_merge import fresh


@pytest.mark.parametrize(
    ("cells", "known", "expected"),
    [
        # each stands alone elsewhere
        (["Acme, Globex", "Acme", "globex"], [], [["Acme", "Globex"], ["Acme"], ["globex"]]),
        # each is here
        (["Acme, Globex"], ["ACME", "Globex"], [["Acme", "Globex"]]),
        # nothing shows it
        (["Acme, Globex"], [], [["Acme, Globex"]]),
        (["Smith, Jones & Partners", "Acme"], [], [["Smith, Jones & Partners"], ["Acme"]]),
        # throughout: every list has a name that stands elsewhere
        (["Acme, Globex", "Acme, Initech"], [], [["Acme", "Globex"], ["Acme", "Initech"]]),
        # the same cell twice is no other list
        (["Smith, Jones", "Smith, Jones"], [], [["Smith, Jones"], ["Smith, Jones"]]),
        # forms of companies
        (["Acme, Inc.", "Acme, Inc., Globex", "Globex"], [], [["Acme, Inc."], ["Acme, Inc.", "Globex"], ["Globex"]]),
        (["Acme, Inc.; Globex", "Müller, GmbH"], [], [["Acme, Inc.", "Globex"], ["Müller, GmbH"]]),
        (["[Acme, Globex]", "null", "Acme", "Globex"], [], [["Acme", "Globex"], [], ["Acme"], ["Globex"]]),
    ],
)
def test_names(cells: list[str], known: list[str], expected: list[list[str]]) -> None:
    found = CustomerCells(known, cells)
    assert [found.names(cell) for cell in cells] == expected


def test_two_customers_wait_and_what_is_taken_as_one_is_said() -> None:
    text = 'Title,Key,Customer\nA,1,"Acme, Globex"\nB,2,Acme\nC,3,Globex\nD,4,"Smith, Jones"\n'
    done = plan_import(fresh(), parse_table(text.encode(), "f.csv"), ImportOptions())
    assert [put.name for put in done.puts if isinstance(put, Customer)] == ["Acme", "Globex", "Smith, Jones"]
    assert len([put for put in done.puts if isinstance(put, Wait)]) == 5
    assert any("Taken as one customer each" in note and "“Smith, Jones”" in note for note in done.notes)
