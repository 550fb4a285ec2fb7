"""What else exports of many tools say arrives unasked: labels, status, parent, team, customers, priority."""

from __future__ import annotations

from datetime import date

import pytest

from store.records import Customer, Item, Team, Wait
from tests.store.imports.test_tools import TOOLS, plan

#: what no field holds of the first item that each tool's file leads to
NOTES = {
    "asana": "Status Now · Labels web · Components P · Parent Campaign",
    "clickup": "Status in progress · Labels web, ops · Components Roadmap",
    "shortcut": "Type feature · Status Ready for Development · Labels web · Components Core",
    "pivotal": "Type feature · Status unstarted · Labels web",
    "gitlab": "Status Open · Labels a,b",
    "youtrack": "Type Feature · Status Open · Labels web · Components Web",
    "redmine": "Type Feature · Status In Progress · Components Web",
    "openproject": "Type Task · Status In progress",
    "trello-csv": "Find it\n\nStatus Next · Labels web",
    "jira-plans": "Type Story · Status To Do · Parent PAY-1",
    "productboard": "Status Candidate",
    "aha": "Status Ready to develop",
    "monday": "Status Working on it",
    "notion": "Status In progress · Labels web, ops",
}
PRIORITIES = {"clickup": "2", "youtrack": "Major", "redmine": "High", "openproject": "High"}

# Each (source of its shape): the file, then key, size, team, owner, due, priority, customers, and the note.
# Jira: names of columns of its own translations, issues exported by Spanish, German and French sites.
RICH = {
    "jira": (
        "Summary,Issue key,Issue id,Issue Type,Status,Priority,Assignee,Due date,Labels,Labels,Component/s,Parent,"
        "Parent key,Organizations,Custom field (Team),Custom field (Story Points)\n"
        "Pay,P-2,2,Story,To Do,High,Ada,01/Feb/27 12:00 AM,web,ops,Shop,9,P-9,Acme,Core,5\n"
        "Old,P-3,3,Story,Done,High,Ada,,,,,,,,Core,5\n",
        ("P-2", "0.5 ew", "Core", "Ada", date(2027, 2, 1), "High", ["Acme"],
         "Type Story · Status To Do · Labels web, ops · Components Shop · Parent P-9, 9"),
    ),
    "jira-de": (
        "Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp,Status,Priorität,Zugewiesene Person,Fällig,"
        "Stichwörter,Komponenten,Übergeordnet,Kunde,Team,Benutzerdefiniertes Feld (Story Points)\n"
        "Zahlen,P-2,2,Story,Zu erledigen,Hoch,Ada,01/Feb/27,web,Shop,P-9,Acme,Core,5\n"
        "Alt,P-3,3,Story,Erledigt,Hoch,Ada,,,,,,Core,5\n",
        ("P-2", "0.5 ew", "Core", "Ada", date(2027, 2, 1), "Hoch", ["Acme"],
         "Type Story · Status Zu erledigen · Labels web · Components Shop · Parent P-9"),
    ),
    "jira-fr": (
        "Résumé,Clé de ticket,ID de ticket,Type de ticket,État,Priorité,Personne assignée,Date d'échéance,Étiquettes,"
        "Composants,Ticket parent,Client,Équipe,Champs personnalisés (Story Points)\n"
        "Payer,P-2,2,Story,À faire,Haute,Ada,1 févr. 2027,web,Shop,P-9,Acme,Core,5\n"
        "Vieux,P-3,3,Story,Terminé(e),Haute,Ada,,,,,,Core,5\n",
        ("P-2", "0.5 ew", "Core", "Ada", date(2027, 2, 1), "Haute", ["Acme"],
         "Type Story · Status À faire · Labels web · Components Shop · Parent P-9"),
    ),
    "jira-es": (
        "Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Prioridad,Persona asignada,"
        "Fecha de vencimiento,Etiquetas,Componentes,Principal,Cliente,Equipo,Campo personalizado (Story Points)\n"
        "Pagar,P-2,2,Historia,Por hacer,Alta,Ada,01/feb/27,web,Shop,P-9,Acme,Core,5\n"
        "Viejo,P-3,3,Historia,Finalizada,Alta,Ada,,,,,,Core,5\n",
        ("P-2", "0.5 ew", "Core", "Ada", date(2027, 2, 1), "Alta", ["Acme"],
         "Type Historia · Status Por hacer · Labels web · Components Shop · Parent P-9"),
    ),
    # Linear's documentation, "Export issues": the columns of its CSV.
    "linear": (
        "ID,Team,Title,Description,Status,Estimate,Priority,Project,Creator,Assignee,Labels,Created,Completed,Canceled,"
        "Archived,Due Date,Parent issue,Customers\n"
        'P-2,Core,Pay,Do it,Todo,5,High,Shop,Bo,Ada,"web, ops",2026-01-01,,,,2027-02-01,P-9,Acme\n'
        "P-3,Core,Old,,Odd,5,High,Shop,Bo,Ada,,2026-01-01,2026-02-02,,,,,\n",
        ("P-2", "0.5 ew", "Core", "Ada", date(2027, 2, 1), "High", ["Acme"],
         "Do it\n\nStatus Todo · Labels web, ops · Components Shop · Parent P-9"),
    ),
    # Microsoft's documentation, "Bulk import or update work items using CSV files".
    "azure": (
        "ID,Work Item Type,Title,Assigned To,State,Tags,Area Path,Target Date,Story Points,Priority,Parent,Team,"
        "Customer\n"
        "2,User Story,Pay,Ada <ada@x.org>,New,web; ops,Shop,2/1/2027,5,2,9,Core,Acme\n"
        "3,User Story,Old,Ada <ada@x.org>,Removed,,Shop,2/15/2027,5,2,,Core,\n",
        ("2", "0.5 ew", "Core", "Ada", date(2027, 2, 1), "2", ["Acme"],
         "Type User Story · Status New · Labels web; ops · Components Shop · Parent 9"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", NOTES)
def test_what_no_field_holds(tool: str) -> None:
    item = next(put for put in plan(TOOLS[tool][1]).puts if isinstance(put, Item))
    assert item.note == NOTES[tool]
    assert item.priority == PRIORITIES.get(tool, "")


@pytest.mark.parametrize("tool", RICH)
def test_all_of_it(tool: str) -> None:
    text, expected = RICH[tool]
    done = plan(text)
    item = next(put for put in done.puts if isinstance(put, Item))
    customers = [put.name for put in done.puts if isinstance(put, Customer)]
    teams = [put.name for put in done.puts if isinstance(put, Team)]
    found = (item.source_key, done.new[0].size, *teams, item.owner, item.due, item.priority, customers, item.note)
    assert found == expected
    assert [put.item_id for put in done.puts if isinstance(put, Wait)] == [item.id]
    assert len(done.new) == len(done.rejected) == 1
