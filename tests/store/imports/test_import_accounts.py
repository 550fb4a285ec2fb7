"""Accounts from files: CRM exports and plain tables, several spellings, currencies, and what cannot be read."""

from datetime import date
from pathlib import Path

import pytest

from store.imports.accounts.table import AccountsOptions, plan_accounts, rate_wish
from store.imports.errors import ImportOptionError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, TeamWish
from store.imports.reader import parse_table
from store.records import Customer, State
from store.records.looking_back import AccountWord, OnboardingStep
from store.workspace.defaults import beginning

FORTY = Path(__file__).parents[2] / "scenarios" / "accounts" / "forty.csv"


def state(*accounts: Customer, currency: str = "USD") -> State:
    found = State().overlay(beginning("room", date(2026, 11, 29), 7))
    (info,) = found.tables["workspace"].values()
    found.tables["workspace"][info.id] = info.model_copy(update={"currency": currency})
    found.tables["customers"] = {row.id: row for row in accounts}
    return found


def read(text: str, here: State | None = None, name: str = "a.csv", **options):
    return plan_accounts(here or state(), parse_table(text.encode(), name), AccountsOptions(**options))


def made(plan) -> dict[str, Customer]:
    return {row.name: row for row in plan.puts}


def test_a_plain_table_to_the_cent_and_a_second_time_nothing():
    text = FORTY.read_text(encoding="utf-8")
    plan = read(text)
    assert plan.summary == "accounts: 40 new, 0 updated, 0 unchanged, 0 not taken"
    # As awk adds it up.
    assert f"{sum(row.arr for row in plan.puts if row.arr is not None):.2f}" == "5094683.90"
    assert sum(row.arr is None for row in plan.puts) == 7
    fennimore = made(plan)["Fennimore Inc."]
    assert (fennimore.renews, fennimore.term, fennimore.segment) == (date(2025, 2, 8), 24, "SMB")
    again = read(text, state().overlay(plan.command()))
    assert (again.summary, again.puts) == ("accounts: 0 new, 0 updated, 40 unchanged, 0 not taken", ())


def test_an_export_of_salesforce():
    plan = read(
        "Account Owner,Account Name,Type,Annual Revenue,ARR__c,Contract End Date\n"
        "Dana Reyes,Northwind Traders,Customer,90000000,USD 180000.50,3/31/2027\n"
        "Ola,Contoso Ltd,Customer,,,\n"
        "Total,,,,,\n"
        "Grand Total,Grand Total,,,180000.50,\n"
    )
    one = made(plan)["Northwind Traders"]
    assert (one.arr, one.renews, one.owner) == (180_000.5, date(2027, 3, 31), "Dana Reyes")
    assert made(plan)["Contoso Ltd"].arr is None
    assert any("Annual Revenue" in note and "is left" in note for note in plan.notes)
    assert [(each.line, each.reason) for each in plan.rejected] == [(4, "names no account")]


def test_an_export_of_hubspot_with_monthly_revenue():
    plan = read("Record ID,Company name,Company owner,MRR,Renewal date\n9,Umbra,Ola,1.500,2027-01-31 00:00\n")
    assert made(plan)["Umbra"].arr in (18.0, 18_000.0)
    plan = read("Company name;MRR;Renewal\nUmbra;1.500,25 €;31.01.2027\n", state(currency="EUR"))
    assert made(plan)["Umbra"].arr == 18_003.0


@pytest.mark.parametrize(
    ("column", "cell", "arr"),
    [("ARR", "1000 / year", 1_000), ("ARR", "1000 p.a.", 1_000), ("ARR", "1000 pro Jahr", 1_000),
     ("ARR", "1000 per month", 12_000), ("ARR", "1.000,- € / Monat", 12_000), ("ARR", "1000/mo", 12_000),
     ("MRR", "1000 per month", 12_000), ("MRR", "1000", 12_000), ("MRR", "1000 a year", 1_000),
     ("Contract value", "1000 a year", 1_000), ("Contract value", "1000", 500), ("ARR", "3000 mila", 3_000_000)],
)  # fmt: skip
def test_what_a_cell_says_of_its_time_goes_before_what_its_column_is_called(column, cell, arr):
    plan = read(f"Customer;{column};Term\nAcme;{cell};24\n", state(currency="EUR"))
    assert made(plan)["Acme"].arr == arr


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Konto;Wiederkehrender Jahresumsatz;Währung;Vertragsende;Betreuer", "Öz;120;EUR;31.12.2027;Yuki"),
        (
            "Accountname;Jährlich wiederkehrender Umsatz;Währung;Verlängerung;Kundenbetreuer",
            "Öz;120;EUR;31.12.2027;Yuki",
        ),
        ("Nome da conta;Receita recorrente anual;Moeda;Data de renovação;Responsável", "Öz;120;EUR;31/12/2027;Yuki"),
        ("Klantnaam;ARR;Valuta;Contracteinde;Accountmanager", "Öz;120;EUR;31-12-2027;Yuki"),
        ("Société;Revenu récurrent annuel;Devise;Date de renouvellement;Responsable", "Öz;120;EUR;31/12/2027;Yuki"),
        ("Conta;ARR;Moeda;Renovação;Gestor da conta", "Öz;120;EUR;31 dez 2027;Yuki"),
        ("取引先名;年間経常収益;通貨;契約更新日;取引先所有者", "Öz;120;EUR;2027年12月31日;Yuki"),
    ],
    ids=lambda text: text.split(";")[0],
)
def test_columns_are_known_by_their_names_in_other_languages(header, row):
    plan = read(f"{header}\n{row}\n", state(currency="EUR"))
    one = made(plan)["Öz"]
    assert (one.arr, one.renews, one.owner) == (120, date(2027, 12, 31), "Yuki")


def test_a_day_that_may_be_two_is_said_to_be():
    plan = read("Customer,Renewal\nA,03/04/2027\nB,05/06/2027\n")
    assert [row.renews for row in plan.puts] == [None, None]
    assert any('renewal "03/04/2027" may be two days (--dates' in note for note in plan.notes)
    # Where another column tells, that is said.
    plan = read("Customer,Renewal,Signed\nA,03/04/2027,\nB,05/06/2027,25/12/2025\n")
    assert [row.renews for row in plan.puts if isinstance(row, Customer)] == [date(2027, 4, 3), date(2027, 6, 5)]
    assert any("are read day first" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("header", "terms"), [("Term", "24"), ("Vertragslaufzeit", "24"), ("Laufzeit (Jahre)", "2"), ("Looptijd", "2 jaar")]
)
def test_terms_in_other_languages(header, terms):
    assert made(read(f"Customer;{header}\nAcme;{terms}\n"))["Acme"].term == 24


@pytest.mark.parametrize(
    ("header", "term", "arr", "months"),
    [("Term", "24", 60_000, 24), ("Contract term (years)", "3", 40_000, 36), ("Term", "2 years", 60_000, 24),
     ("Term", "", 120_000, 12), ("Term", "annual", 120_000, 12)],
)  # fmt: skip
def test_a_contract_value_is_what_its_term_makes_of_it_a_year(header, term, arr, months):
    one = made(read(f"Customer,Contract value,{header}\nAcme,120000,{term}\n"))["Acme"]
    assert (one.arr, one.term) == (arr, months)


def test_spellings_of_one_name_are_one_account_and_its_contracts_add_up():
    here = state(Customer(id=1, name="Müller & Söhne GmbH", arr=5.0, owner="Dana"))
    plan = read(
        "name,arr,renews,segment\n"
        "MULLER & SOHNE,100.10,2027-05-01,SMB\n"
        "Müller und Söhne,1,,\n"
        "Müller & Söhne GmbH & Co. KG,200.20,2027-02-01,\n"
        "müller & söhne,100.10,,\n",
        here,
    )
    one = made(plan)["Müller & Söhne GmbH"]
    assert (one.id, one.arr, one.renews, one.owner, one.segment) == (1, 300.3, date(2027, 2, 1), "Dana", "SMB")
    assert any("lines 2, 4, 5 are one account" in note and "$100.10 + $200.20" in note for note in plan.notes)
    assert plan.changes[0].startswith("Müller & Söhne GmbH: revenue $5 -> $300.30, renews no day -> 2027-02-01")
    assert set(made(plan)) == {"Müller & Söhne GmbH", "Müller und Söhne"}


def test_what_cannot_be_read_is_named_and_the_account_is_taken():
    plan = read(
        "name,arr,renews,term\n"
        "A1,lots,2027-01-01,12\nB2,-5,,\nC3,1e15,,\nD4,5,1 March,\nE5,€50k,,\nF6,7,,0\nG7,1000000000000000,,\n,9,,\n"
    )
    assert set(made(plan)) == {"A1", "B2", "C3", "D4", "E5", "F6", "G7"}
    assert [row.arr for row in plan.puts] == [None, None, None, 5, None, 7, None]
    said = "\n".join(plan.notes)
    for words in (
        'line 2, A1: revenue "lots" is not an amount',
        'line 3, B2: revenue "-5" is below zero',
        "line 4, C3",
        'line 5, D4: renewal "1 March" is not a day with its year',
        'line 6, E5: revenue "€50k" is in EUR, and amounts here are in USD',
        "line 7, F6: term",
        'line 8, G7: revenue "1000000000000000" is too large',
    ):
        assert words in said
    assert [each.line for each in plan.rejected] == [9]


def test_other_currencies_are_converted_at_the_rate_that_was_given():
    text = "name,ARR (EUR),Currency\nA,100,\nB,$50,\nC,1.5k,GBP\n"
    plan = read(text, rates=dict([rate_wish("eur=1.08"), rate_wish("£=1.25")]))
    assert {row.name: row.arr for row in plan.puts} == {"A": 108.0, "B": 50.0, "C": 1_875.0}
    assert "1 amount in EUR was converted at 1.08 USD for 1 EUR" in plan.notes
    assert {row.name: row.arr for row in read(text).puts} == {"A": None, "B": 50.0, "C": None}
    for wish in ("EUR", "EUR=0", "plums=3", "EUR=x"):
        with pytest.raises(ImportOptionError, match=r"EUR=1\.08"):
            rate_wish(wish)


def test_a_table_without_names_says_which_columns_there_are():
    with pytest.raises(ImportOptionError, match="--column name=Organisation"):
        read("key,points\n1,2\n")
    assert made(read("Who,ARR\nAcme,5\n", columns={"name": "Who"}))["Acme"].arr == 5


def test_a_backlog_tells_of_its_customers_what_was_not_known():
    here = state(Customer(id=1, name="Contoso", arr=5.0))
    table = parse_table(
        b"title,days,customer,ARR,Renewal date\nExport,5,Acme Inc,$180k,2027-03-01\nImport,5,ACME,180000,\n"
        b"Login,3,contoso gmbh,7,2027-06-30\nLogs,3,Umbra,lots,\nBoth,3,Acme; Contoso,9,\n",
        "a.csv",
    )
    plan = plan_import(here, table, ImportOptions(teams=(TeamWish("Pay", 30.0),)))
    accounts = {put.name: put for put in plan.puts if isinstance(put, Customer)}
    assert {name: (row.arr, row.renews) for name, row in accounts.items()} == {
        "Acme Inc": (180_000.0, date(2027, 3, 1)),
        "Contoso": (5.0, date(2027, 6, 30)),
        "Umbra": (None, None),
    }
    notes = "\n".join(plan.notes)
    assert "Contoso: revenue stays $5, though a row says $7" in notes
    assert 'line 5, Umbra: revenue "lots" is not an amount' in notes
    assert len(here.overlay(plan.command()).all(Customer)) == 3


def test_a_backlog_in_another_language_and_currency_is_read_by_its_own_days_and_sends_nobody_to_a_missing_option():
    table = parse_table(
        "Título,Estimativa (dias),Cliente,ARR,Renovação,Prazo\n"
        'Pix,5,Banco Ipê,"R$ 1.200.000,00",01/03/2027,15/02/2027\n'
        'Boleto,5,Loja Jabuti,"R$ 95,5 mil",10/06/2027,\n'.encode(),
        "a.csv",
    )
    options = ImportOptions(teams=(TeamWish("Pay", 30.0),))
    plan = plan_import(state(currency="BRL"), table, options)
    accounts = {put.name: put for put in plan.puts if isinstance(put, Customer)}
    assert {name: (row.arr, row.renews) for name, row in accounts.items()} == {
        "Banco Ipê": (1_200_000.0, date(2027, 3, 1)),
        "Loja Jabuti": (95_500.0, date(2027, 6, 10)),
    }
    # In a workspace of dollars: the command that has a rate, and the one that sets the currency.
    said = " ".join(note for note in plan_import(state(), table, options).notes if "is in BRL" in note)
    assert "makeroom import-accounts FILE --rate BRL=N takes it" in said
    assert "makeroom currency BRL comes first" in said


def test_money_has_no_three_decimals_unless_somebody_says_so():
    text = "Account;ARR\nØresund;45.500\nBrill;120000\n"
    for ours in (text, text.replace(";", ","), text.replace(";", "\t"), text.replace("45.500", "45.500 $")):
        plan = read(ours)
        assert made(plan)["Øresund"].arr == 45_500
        assert any("is read as thousands" in note and "--decimal point" in note for note in plan.notes)
    assert made(read(text.replace(".", ",")))["Øresund"].arr == 45_500
    assert made(read(text, decimal="point"))["Øresund"].arr == 45.5
    # Where the column tells, it is as it tells, and nothing is said.
    told = read(text.replace("120000", '"1,200.50"'))
    assert (made(told)["Øresund"].arr, told.notes) == (45.5, read("Account;ARR\nBrill;1\n").notes)


BEYOND = (
    "name,ARR,Retention risk,Retention risk evidence,Precedent risk,signed,Kick-off date,adopted\n"
    'Acme,5k,2,"two escalations, open",3,2026-01-05,2026-01-08,2026-01-29\n'
    "Bolt,,4,why,0,2026-02-01,soon,2026-01-01\n"
    "Crux,,,,,2099-01-01,,\n"
)


def test_five_words_and_the_steps_of_an_onboarding_come_with_an_account():
    plan = read(BEYOND)
    rows = {
        kind: [row for row in plan.puts if isinstance(row, kind)] for kind in (Customer, AccountWord, OnboardingStep)
    }
    acme = next(row.id for row in rows[Customer])
    said = [(row.customer_id, row.kind, row.score, row.evidence) for row in rows[AccountWord]]
    assert said == [(acme, "retention risk", 2, "two escalations, open")]
    days = [(row.customer_id, row.step, row.day.isoformat()) for row in rows[OnboardingStep]]
    assert days == [(acme, "signed", "2026-01-05"), (acme, "kickoff", "2026-01-08"), (acme, "adopted", "2026-01-29")]
    assert plan.changes[0].endswith("retention risk 2, signed 2026-01-05, kickoff 2026-01-08, adopted 2026-01-29")
    notes = "\n".join(plan.notes)
    for words in (
        "line 2, Acme: precedent risk 3 has no evidence (column “precedent risk evidence”); taken without it",
        "line 3, Bolt: retention risk “4” is not a whole number from 0 to 3; taken without it",
        "line 3, Bolt: kickoff “soon” is not a day with its year",
        "Bolt: adopted on 2026-01-01 is before signed on 2026-02-01; neither is taken",
        "line 4, Crux: signed on 2099-01-01 is still to come",
    ):
        assert words in notes
    # Taken again nothing changes; a word alone makes an account an updated one, and what is blank stays.
    here = state().overlay(plan.command())
    assert read(BEYOND, here).summary == "accounts: 0 new, 0 updated, 3 unchanged, 0 not taken"
    again = read("name,retention risk,retention risk because\nAcme,1,answered\n", here)
    assert (again.summary, again.changes) == (
        "accounts: 0 new, 1 updated, 0 unchanged, 0 not taken", ("Acme: retention risk 1",),
    )  # fmt: skip
    assert [type(row) for row in again.puts] == [AccountWord]


def test_a_column_of_such_a_name_that_holds_something_else_is_said_once_and_left():
    plan = read("name,Live,Expansion\nA,yes,20k\nB,no,30k\n")
    assert [type(row) for row in plan.puts] == [Customer, Customer]
    assert [note for note in plan.notes if "is left" in note] == [
        'column "Expansion" has no number from 0 to 3, but “20k”, and is left',
        'column "Live" has no day with its year, but “yes”, and is left',
    ]
