"""Files that nobody made a dialect for: other locales, schedules, sheets made by hand. All arrives, or is said."""

from __future__ import annotations

from datetime import date

import pytest

from store.imports.errors import ImportOptionError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Dependency, Item
from tests.store.imports.test_import_merge import fresh

RATED = ImportOptions(points_per_ew=10, hours_per_ew=40)


def plan(data: bytes, name: str = "f.csv") -> ImportPlan:
    return plan_import(fresh(), parse_table(data, name), RATED)


#: the file, then (key, title, size, owner, due) of what is taken; shapes are from memory of each tool's own columns
FILES = {
    "Swedish Jira": (
        "Nyckel;Sammanfattning;Status;Tilldelad;Förfallodatum;Story Points\n"
        "BET-1;Sök;Att göra;Åsa;2027-02-15;3,5\nBET-2;Ny;Pågående;Bo;15 mars 2027;8\nBET-3;Gammal;Klar;Bo;;2\n",
        [("BET-1", "Sök", "0.4 ew", "Åsa", date(2027, 2, 15)), ("BET-2", "Ny", "0.8 ew", "Bo", date(2027, 3, 15))],
    ),
    "Wrike": (
        "Key,Folder,Title,Status,Priority,Assigned To,Start Date,Duration,End Date,Duration (Hours),Depends On\n"
        "1,/R,Checkout,New,High,Ada,2027-01-04,,2027-01-06,24,\n2,/R,Log,In Progress,Low,Bo,,5d,2027-01-13,,1FS\n"
        "3,/R,Old,Completed,Low,Bo,2026-01-07,5d,2026-01-13,40,\n",
        [("1", "Checkout", "0.6 ew", "Ada", date(2027, 1, 6)), ("2", "Log", "1.0 ew", "Bo", date(2027, 1, 13))],
    ),
    "a schedule": (
        "ID,WBS,Task Name,Duration,Start,Finish,Predecessors,Resource Names,% Complete,Outline Level\n"
        "1,1,Rewrite,15 days,Mon 1/4/27,Fri 1/22/27,,,0%,1\n2,1.1,Design,5 days,Mon 1/4/27,Fri 1/8/27,,Ada,0%,2\n"
        "3,1.2,Build,10 days?,Mon 1/11/27,Fri 1/22/27,2FS+1 day,Bo,0%,2\n4,2,Move,2 wks,,,3,Ada,100%,1\n",
        [("2", "Design", "1.0 ew", "Ada", date(2027, 1, 8)), ("3", "Build", "2.0 ew", "Bo", date(2027, 1, 22))],
    ),
    "a sheet with a title above": (
        "Q1 Roadmap,,,,\n,,,,\nPrimary Column,Owner,Estimate (hrs),% Complete,Finish\nPayments,,,25%,\n"
        "   Refunds,Ada,40,50%,02/12/27\n   Receipts,Bo,16,0%,02/26/27\n   Old,Bo,16,100%,01/26/27\n"
        "Grand Total,,72h,,\n",
        [("", "Refunds", "1.0 ew", "Ada", date(2027, 2, 12)), ("", "Receipts", "0.4 ew", "Bo", date(2027, 2, 26))],
    ),
    "Polish OpenProject": (
        "ID,Temat,Typ,Status,Priorytet,Przypisany do,Praca,Termin wykonania\n"
        "12,Eksport,Zadanie,Nowe,Wysoki,Ewa,24h,2027-02-10\n13,Błąd,Błąd,Zamknięte,Niski,,4h,\n",
        [("12", "Eksport", "0.6 ew", "Ewa", date(2027, 2, 10))],
    ),
    "a hand-made sheet": (
        "#\tWhat\tWho\tBest\tLikely\tWorst\tState\n1\tAudit log\tAda\t3\t5\t10\tidea\n"
        "2\tTidy\tBo\t\t4\t\tdone last week\n",
        [("1", "Audit log", "3.0-5.0-10.0 ew", "Ada", None)],
    ),
    "Rally": (
        "Formatted ID,Name,Schedule State,Plan Estimate,Owner,Project,Iteration,Accepted Date\n"
        "US101,Checkout,Defined,5,ada@x.io,Pay,S1,\nDE7,Crash,Accepted,1,bo@x.io,Core,S0,2026-11-02\n",
        [("US101", "Checkout", "0.5 ew", "ada@x.io", None)],
    ),
    "Targetprocess": (
        "Entity Type,ID,Name,Entity State,Effort,Feature,Planned End Date\n"
        "User Story,991,Checkout,Open,13.00 pt,Payments,31-Mar-2027\nBug,992,Crash,Done,2.00 pt,Payments,\n",
        [("991", "Checkout", "1.3 ew", "", date(2027, 3, 31))],
    ),
    "French Jira": (
        "Clé de ticket;Résumé;Type de ticket;État;Personne assignée;Date d'échéance;Story Points\n"
        "PAI-1;Paiement;Récit;À faire;Zoé;15/févr./27;3,5\nPAI-2;Vieux;Bogue;Terminé(e);;;1\n",
        [("PAI-1", "Paiement", "0.4 ew", "Zoé", date(2027, 2, 15))],
    ),
    "issues with their pipeline": (
        "Repository,Issue Number,Issue Title,User Login,Status,Pipeline,Story Points,Assignees,Epics,Closed At\n"
        "a/web,12,Checkout,ada,open,In Progress,5,bo,Pay,\na/web,13,Old,ada,closed,Closed,2,,,2026-02-01\n",
        [("12", "Checkout", "0.5 ew", "bo", None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_all_arrives(name: str) -> None:
    text, expected = FILES[name]
    done = plan(text.encode("cp1252") if name == "French Jira" else text.encode())
    items = [put for put in done.puts if isinstance(put, Item)]
    found = [(one.key, one.title, one.size, item.owner, item.due) for one, item in zip(done.new, items, strict=True)]
    assert found == expected
    assert all(one.reason for one in done.rejected)
    if name == "a schedule":
        # What was done does not come in, nor what needs it.
        assert len([put for put in done.puts if isinstance(put, Dependency)]) == 1


def test_teams_and_sections() -> None:
    done = plan(b"Type,Content,Teams,Effort (days)\nsection,Backlog,,\ntask,Login,Web,4\ntask,Search,Core,5\n")
    assert [(new.title, new.size) for new in done.new] == [("Login", "0.8 ew"), ("Search", "1.0 ew")]
    assert [team.name for team in done.teams] == ["Web", "Core"]
    assert "is a section" in done.rejected[0].reason


def test_the_status_of_a_checklist_is_not_that_of_its_story() -> None:
    done = plan(b"Id,Title,Current State,Estimate,Task,Task Status\n1,Login,started,5,Write tests,completed\n")
    assert [new.title for new in done.new] == ["Login"]


def test_a_table_in_another_language_is_no_export_of_a_tool_that_speaks_english() -> None:
    text = "ID,Título,Equipe,Situação,Estimativa (dias)\nF-1,Pix,Pagamentos,A fazer,5\n"
    found = plan(text.encode())
    assert [one.size for one in found.new] == ["1.0 ew"]
    assert not any("Read as" in note for note in found.notes)
    english = plan(b"ID,Title,Team,Status,Estimate,Cycle Number\nF-1,Pix,Pay,Todo,5,3\n")
    assert any("Read as a Linear export" in note for note in english.notes)


def test_a_table_with_the_names_that_everybody_uses_is_asked_what_its_estimates_count() -> None:
    # Nothing in it is Linear's alone: they may be weeks as well as points.
    with pytest.raises(ImportOptionError, match="does not say what its numbers count"):
        plan(b"ID,Title,Team,Status,Estimate\n1,Berth map,Web,Todo,2\n2,Ferry alerts,Ops,Doing,1.5\n")


@pytest.mark.parametrize(
    ("cell", "size"),
    [("3 dgn", "0.6 ew"), ("2 werkdagen", "0.4 ew"), ("2人週", "2.0 ew"), ("5人日", "1.0 ew"),
     ("10 mandagen", "2.0 ew"),
     ("20人時", "0.5 ew"), ("2 wkn", "2.0 ew"), ("2 dgm", "unsized")],
)  # fmt: skip
def test_units_of_work_in_other_languages(cell: str, size: str) -> None:
    assert [one.size for one in plan(f"Title,Estimate\na,{cell}\n".encode()).new] == [size]


def test_a_sheet_of_a_dutch_team_has_its_team_owner_and_day() -> None:
    text = "Nr.;Titel;Ploeg;Inschatting;Verantwoordelijke;Opleverdatum\nVW-1;Kaart;App;3 dgn;Sanne;31-03-2027\n"
    found = plan(text.encode())
    (item,) = [put for put in found.puts if isinstance(put, Item)]
    assert (item.owner, item.due) == ("Sanne", date(2027, 3, 31))
    assert [str(team) for team in found.teams] == ["App (1 row) is new"]
