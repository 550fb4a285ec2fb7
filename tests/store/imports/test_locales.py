"""Numbers, money, dates and headers as other countries write them."""

from __future__ import annotations

from datetime import date

import pytest

from store.imports.dates import parse_date
from store.imports.merge import plan_import
from store.imports.numbers import amount, number, writes_decimal_comma
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Item
from tests.store.imports.test_import_merge import fresh

RATED = ImportOptions(points_per_ew=8, hours_per_ew=32)


def plan(text: str, options: ImportOptions = RATED) -> ImportPlan:
    return plan_import(fresh(), parse_table(text.encode(), "f.csv"), options)


def values(text: str) -> list[float | None]:
    return [put.value for put in plan(text).puts if isinstance(put, Item)]


class TestNumbers:
    @pytest.mark.parametrize(
        ("cells", "comma"),
        [
            (["1.234,56", "1.500"], True), (["12,5", "1.500"], True), (["1.234.567"], True),
            (["1,234.56", "1,500"], False), (["2.5", "1.500"], False), (["0.125"], False), (["1.500", "2.000"], None),
            (["1,500"], None), (["3", "8"], None),
        ],
    )  # fmt: skip
    def test_a_column_tells_by_all_of_it(self, cells: list[str], comma: bool | None) -> None:
        assert writes_decimal_comma(cells) is comma
        assert writes_decimal_comma(reversed(cells)) is comma

    @pytest.mark.parametrize(
        ("text", "with_point", "with_comma"),
        [
            ("1.500", 1.5, 1500), ("1,500", 1500, 1.5), ("1.234,56", 1234.56, 1234.56), ("1,234.56", 1234.56, 1234.56),
            ("2,5", 2.5, 2.5), ("2.5", 2.5, 2.5), ("1.234.567", 1234567, 1234567), ("1 234 567", 1234567, 1234567),
            ("1'250", 1250, 1250), ("0.125", 0.125, 0.125), ("-1.500,5", -1500.5, -1500.5), ("12", 12, 12),
        ],
    )  # fmt: skip
    def test_each_way(self, text: str, with_point: float, with_comma: float) -> None:
        assert number(text) == with_point
        assert number(text, decimal_comma=True) == with_comma

    def test_thousands_of_a_file_with_semicolons(self) -> None:
        text = "ID;Title;Points;Geschäftswert\n1;Audit log;1.500;420.000\n2;Export;8;90.000\n"
        assert [one.size for one in plan(text).new] == ["187.5 ew", "1.0 ew"]
        assert values(text) == [420_000, 90_000]

    def test_decimals_of_a_file_with_semicolons(self) -> None:
        assert [one.size for one in plan("Title;Weeks\na;1.250\nb;0.5\n").new] == ["1.3 ew", "0.5 ew"]
        assert [one.size for one in plan("Title;Hours\na;1.200,0\nb;64\n").new] == ["37.5 ew", "2.0 ew"]

    def test_a_column_is_told_by_the_others_where_it_tells_nothing(self) -> None:
        text = 'Title,Points,Value\na,"1.500","12,50"\n'
        assert [one.size for one in plan(text).new] == ["187.5 ew"]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_the_delimiter_says_nothing_where_the_numbers_do(self, delimiter: str) -> None:
        rows = [["Title", "Points", "Value"], ["a", "2,5", "1.234,50"], ["b", "4", "2.000"]]
        text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
        assert values(text) == [1234.5, 2000]


class TestMoney:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("$480,000", (480_000, "USD")), ("480k", (480_000, "")), ("€420k", (420_000, "EUR")),
            ("£1.5m", (1.5e6, "GBP")),
            ("1,2 Mio. €", (1.2e6, "EUR")), ("USD 12,000.50", (12_000.5, "USD")), ("CHF 1'250", (1250, "CHF")),
            ("-$5k", (-5000, "USD")), ("420 000 €", (420_000, "EUR")), ("about 5", None),
            ("5 apples", None), ("", None), ("Top 5", None), ("5 kr", (5, "kr")), ("NOK 5", (5, "NOK")),
            ("90 000 Kč", (90_000, "CZK")), ("AED 1k", (1000, "AED")), ("MX$5", (5, "MXN")),
            # As people write thousands, millions and no cents elsewhere.
            ("€ 80.000,-", (80_000, "EUR")), ("CHF 120'000.–", (120_000, "CHF")), ("T€ 120", (120_000, "EUR")),
            ("TEUR 120", (120_000, "EUR")), ("M€ 1,5", (1.5e6, "EUR")), ("R$ 1,2 mi", (1.2e6, "BRL")),
            ("R$ 2 milhões", (2e6, "BRL")), ("1,5 mln zł", (1.5e6, "PLN")), ("980万円", (9.8e6, "JPY")),
            ("1億円", (1e8, "JPY")), ("₹2 crore", (2e7, "INR")), ("Rp 1.200.000", (1.2e6, "IDR")),
            # "mil" is a thousand in Brazil; of dollars it may be a million, and nobody says.
            ("R$ 95,5 mil", (95_500, "BRL")), ("$5 mil", None), ("5 mil", None), ("Mr 5", None), ("Kim 5", None),
            ("TRY 5", (5, "TRY")), ("KES 5", (5, "KES")), ("MXN 5", (5, "MXN")),
        ],
    )  # fmt: skip
    def test_amounts(self, text: str, expected: tuple[float, str] | None) -> None:
        assert amount(text) == expected

    def test_no_cents_tell_the_decimal_sign(self) -> None:
        assert writes_decimal_comma(["€ 80.000,-"]) is True
        assert writes_decimal_comma(["80,000.- CHF"]) is False
        assert writes_decimal_comma(["1-2", "80.000"]) is None

    def test_a_sign_that_several_share_means_ones_own(self) -> None:
        assert amount("5 kr", own="NOK") == (5, "NOK")
        assert amount("$5", own="AUD") == (5, "AUD")
        assert amount("US$5", own="AUD") == (5, "USD")
        assert amount("5 kr", own="USD") == (5, "SEK")

    def test_values_with_a_currency_are_taken_and_said(self) -> None:
        text = 'Title,Value\na,"$480,000"\nb,480k\nc,$1.5m\n'
        assert values(text) == [480_000, 480_000, 1_500_000]
        assert any("Values are in USD" in note for note in plan(text).notes)

    def test_two_currencies_are_never_one(self) -> None:
        text = "Title,Value\na,€50k\nb,$50k\n"
        assert values(text) == [50_000, None]
        assert "Values in another currency were left out: line 3." in plan(text).notes


class TestDates:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("15/abr/26", (2026, 4, 15)), ("15 août 2026", (2026, 8, 15)), ("15/dic/26", (2026, 12, 15)),
            ("1er mars 2026", (2026, 3, 1)), ("15 de marzo de 2026", (2026, 3, 15)), ("15. März 2026", (2026, 3, 15)),
            ("03.Okt.26", (2026, 10, 3)), ("12 июня 2026", (2026, 6, 12)), ("3 mei 2026", (2026, 5, 3)),
            ("2026年8月15日", (2026, 8, 15)), ("August 15th, 2026", (2026, 8, 15)), ("1801353600000", (2027, 1, 31)),
            ("15/fev/26", (2026, 2, 15)), ("7 luglio 2026", (2026, 7, 7)), ("7/paź/26", (2026, 10, 7)),
        ],
    )  # fmt: skip
    def test_months_of_other_languages(self, text: str, day: tuple[int, int, int]) -> None:
        assert parse_date(text, None) == date(*day)

    def test_what_could_be_two_months_is_none(self) -> None:
        assert parse_date("3 jui 2026", None) is None


JIRA = {
    "de": ("Vorgangsschlüssel", "Zusammenfassung", "Vorgangstyp", "Status", "Fälligkeitsdatum", "Zugewiesene Person",
           "Benutzerdefiniertes Feld (Story Points)", "Erledigt", "In Arbeit", "15/Okt/27"),
    "es": ("Clave de incidencia", "Resumen", "Tipo de Incidencia", "Estado", "Fecha de vencimiento", "Persona asignada",
           "Campo personalizado (Story Points)", "Finalizada", "En curso", "15/oct/27"),
    "fr": ("Clé de ticket", "Résumé", "Type de ticket", "État", "Date d'échéance", "Personne assignée",
           "Champs personnalisés (Story Points)", "Terminé(e)", "En cours", "15/oct./27"),
    "pt": ("Chave da item", "Resumo", "Tipo de item", "Status", "Data limite", "Responsável",
           "Campo personalizado (Story Points)", "Concluído", "Em andamento", "15/out/27"),
    "it": ("Chiave ticket", "Riepilogo", "Tipo ticket", "Stato", "Data di scadenza", "Assegnatario",
           "Campo personalizzato (Story Points)", "Completato", "In corso", "15/ott/27"),
}  # fmt: skip


class TestHeaders:
    @pytest.mark.parametrize("language", JIRA)
    def test_jira_in_other_languages(self, language: str) -> None:
        *header, over, going_on, due = JIRA[language]
        rows = [
            header,
            ["PAY-1", "Audit", "Story", going_on, due, "Ada", "4"],
            ["PAY-2", "Old", "Story", over, "", "", "8"],
        ]
        done = plan("\n".join(",".join(row) for row in rows))
        item = next(put for put in done.puts if isinstance(put, Item))
        assert done.format == "a Jira export"
        assert [(one.key, one.title, one.size) for one in done.new] == [("PAY-1", "Audit", "0.5 ew")]
        assert (item.due, item.owner) == (date(2027, 10, 15), "Ada")

    def test_a_plain_table_in_german(self) -> None:
        text = "Nr.;Titel;Aufwand (Tage);Zuständig;Frist\n7;Prüfung;2,5;Ada;01.03.2027\n"
        item = next(put for put in plan(text).puts if isinstance(put, Item))
        assert [(one.key, one.title, one.size) for one in plan(text).new] == [("7", "Prüfung", "0.5 ew")]
        assert (item.owner, item.due) == ("Ada", date(2027, 3, 1))

    @pytest.mark.parametrize("change", [str.upper, str.lower, str.title, str.swapcase])
    def test_case_of_headers(self, change) -> None:  # type: ignore[no-untyped-def]
        text = "{}\n7;Prüfung;2,5\n"
        assert (
            plan(text.format(change("Nr.;Titel;Aufwand (Tage)"))).new
            == plan(text.format("Nr.;Titel;Aufwand (Tage)")).new
        )
