"""Exports of many tools, shaped as their documentation or public code that reads them has it: all arrives unasked."""

from __future__ import annotations

from datetime import date

import pytest

from store.common.errors import StoreError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, TeamWish, team_wish
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Item, Size, Team
from tests.store.imports.test_import_merge import fresh

RATED = ImportOptions(points_per_ew=10, hours_per_ew=40)


def plan(text: str, options: ImportOptions = RATED) -> ImportPlan:
    return plan_import(fresh(), parse_table(text.encode(), "f.csv"), options)


#: name: (what it is read as, the file, [(key, title, size, owner, due)] of what is taken, a bit of each note)
TOOLS = {
    "asana": (
        "an Asana export",
        "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,"
        "Tags,Notes,Projects,Parent task,Blocked By (Dependencies),Blocking (Dependencies),Estimated time\n"
        "501,2026-09-01,,2026-09-02,Campaign,Now,Ada,ada@x.org,,2027-02-01,web,,P,,,,\n"
        "502,2026-09-01,,2026-09-02,Write copy,Now,Ada,ada@x.org,,2027-02-01,web,,P,Campaign,,,20\n"
        "503,2026-09-01,2026-10-01,2026-10-01,Book room,Now,Bo,,,,,,P,,,,8\n",
        [("502", "Write copy", "0.5 ew", "Ada", date(2027, 2, 1))],
    ),
    "clickup": (
        "a ClickUp export",
        "Task ID,Task Name,Task Content,Status,Due Date,Due Date Text,Parent ID,Assignees,Tags,Priority,List Name,"
        "Time Estimated\n"
        'x1,Search,null,in progress,1801353600000,,null,"[Ada Lovelace]","[web,ops]",2,Roadmap,144000000\n'
        "x2,Old,null,Closed,,,null,[],[],null,Roadmap,\n",
        [("x1", "Search", "1.0 ew", "Ada Lovelace", date(2027, 1, 31))],
    ),
    "shortcut": (
        "a Shortcut export",
        "id,name,type,requestor,owners,description,is_completed,created_at,completed_at,estimate,due_date,labels,state,epic_id,"
        "epic,project,is_archived\n"
        "71,Search,feature,bo,ada,,FALSE,2026/09/01,,5,2027/02/01,web,Ready for Development,,,Core,FALSE\n"
        "72,Old,bug,bo,ada,,TRUE,2026/09/01,2026/09/09,5,,web,Odd,,,Core,FALSE\n",
        [("71", "Search", "0.5 ew", "ada", date(2027, 2, 1))],
    ),
    "pivotal": (
        "a Pivotal Tracker export",
        "Id,Title,Labels,Iteration,Iteration Start,Type,Estimate,Current State,Created at,Accepted at,Deadline,"
        "Requested By,Description,URL,Owned By,Task,Task Status,Task,Task Status\n"
        '81,Search,web,,,feature,5,unstarted,"Jan 7, 2026",,"Feb 1, 2027",Bo,,https://x.org/81,Ada,T,not completed,b,\n'
        '82,Index,web,,,feature,5,unstarted,"Jan 7, 2026",,,Bo,,https://x.org/82,Ada,T,not completed,b,\n'
        '83,Old,web,,,feature,5,accepted,"Jan 7, 2026","Jan 9, 2026",,Bo,,https://x.org/83,Ada,,,,\n',
        [("81", "Search", "0.5 ew", "Ada", date(2027, 2, 1)), ("82", "Index", "0.5 ew", "Ada", None)],
    ),
    "gitlab": (
        "a GitLab export",
        "Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,"
        "Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent\n"
        'Search,,11,https://gitlab.com/g/p/-/issues/11,Open,Bo,bo,Ada,ada,No,No,2027-02-01,2026-01-01,2026-01-01,,,,"a,b",144000,0\n'
        "Search,,12,https://gitlab.com/g/p/-/issues/12,Open,Bo,bo,Ada,ada,No,No,,2026-01-01,2026-01-01,,,5,,0,0\n"
        "Old,,13,https://gitlab.com/g/p/-/issues/13,Closed,Bo,bo,Ada,ada,No,No,,2026-01-01,2026-01-01,2026-02-01,,5,,0,0\n",
        [("11", "Search", "1.0 ew", "Ada", date(2027, 2, 1)), ("12", "Search", "0.5 ew", "Ada", None)],
    ),
    "youtrack": (
        "a YouTrack export",
        "Issue Id,Summary,State,Type,Priority,Subsystem,Assignee,Estimation,Resolved,Tags\n"
        "SHOP-1,Search,Open,Feature,Major,Web,Ada,1w 2d,,web\nSHOP-2,Old,Fixed,Bug,Major,Web,Ada,3d,2026-10-01,\n"
        "SHOP-3,Older,Odd,Bug,Major,Web,Ada,3d,2026-10-01,\n",
        [("SHOP-1", "Search", "1.4 ew", "Ada", None)],
    ),
    "redmine": (
        "a Redmine export",
        "#,Project,Tracker,Parent task,Status,Priority,Subject,Author,Assignee,Updated,Category,Target version,"
        "Start date,Due date,Estimated time,Spent time,% Done,Created,Closed,Related issues\n"
        "21,P,Feature,,In Progress,High,Search,Bo,Ada,,Web,,,2027-02-01,40.00,0,10,,,\n"
        "22,P,Bug,,Odd,High,Old,Bo,Ada,,Web,,,,8.00,0,100,,,\n",
        [("21", "Search", "1.0 ew", "Ada", date(2027, 2, 1))],
    ),
    "openproject": (
        "an OpenProject export",
        "ID,Subject,Type,Status,Assignee,Accountable,Priority,Work,Finish date,% Complete\n"
        "31,Search,Task,In progress,Ada,Bo,High,40,2027-02-01,10\n32,Old,Task,Closed,Ada,Bo,High,8,,100\n",
        [("31", "Search", "1.0 ew", "Ada", date(2027, 2, 1))],
    ),
    "trello-csv": (
        "a Trello export",
        "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,List ID,List Name,Board Name,Archived\n"
        "c1,Search,https://trello.com/c/1,Find it,web,Ada,2027-02-01T08:00:00.000Z,l1,Next,Board,false\n"
        "c2,Old,https://trello.com/c/2,,,,,l1,Next,Board,true\n",
        [("c1", "Search", "unsized", "Ada", date(2027, 2, 1))],
    ),
    "jira-plans": (
        "a Jira plan",
        "Hierarchy,Title,Team,Assignee,Estimates (d),Target end,Work item status,Work item key,Parent\n"
        "Epic,Checkout,Core,Ada,,,In Progress,PAY-1,\nStory,Search,Core,Ada,2.5,2027-02-01,To Do,PAY-3,PAY-1\n"
        "Story,Old,Core,Ada,5,,Done,PAY-2,PAY-1\n",
        [("PAY-3", "Search", "0.5 ew", "Ada", date(2027, 2, 1))],
    ),
    "productboard": (
        "a Productboard export",
        "Feature name,Feature ID,Status,Owner,Effort (days)\nSearch,F1,Candidate,Ada,5\nOld,F2,Released,Ada,5\n",
        [("F1", "Search", "1.0 ew", "Ada", None)],
    ),
    "aha": (
        "an Aha! export",
        "Feature reference #,Feature name,Feature status,Feature assigned to user,Feature due date\n"
        "APP-1,Search,Ready to develop,Ada,2027-02-01\nAPP-2,Old,Shipped,Ada,\n",
        [("APP-1", "Search", "unsized", "Ada", date(2027, 2, 1))],
    ),
    "aha-epics": (
        "an Aha! export of epics",
        "Master feature reference #,Master feature name,Workspace name,Release name,Master feature status,Master "
        "feature initial estimate\nAPP-E-1,Search,WS,R1,In design,10d\nAPP-E-2,Old,WS,R1,Shipped,5d\n",
        [("APP-E-1", "Search", "2.0 ew", "", None)],
    ),
    # Microsoft Project's "Save as CSV": header of its task table in public code that holds one.
    "ms-project": (
        "a Microsoft Project table",
        "ID,Active,Task Mode,Name,Duration,Start,Finish,Predecessors,Outline Level,Notes\n"
        "1,Yes,Auto Scheduled,Search,180 hrs,2027 January 02 12:00 AM,2027 February 01 7:00 PM,,1,\n"
        "2,No,Auto Scheduled,Old,8 hrs,2027 January 02 12:00 AM,2027 January 02 8:00 AM,,1,\n",
        [("1", "Search", "4.5 ew", "", date(2027, 2, 1))],
    ),
    "monday": (
        "a Monday board",
        "Roadmap,,,,,\n\nNext,,,,,\nName,Subitems,Person,Status,Due date,Item ID (auto generated)\n"
        "Search,,Ada,Working on it,2027-02-01,991\nOld,,Ada,Done,,992\n",
        [("991", "Search", "unsized", "Ada", date(2027, 2, 1))],
    ),
    "notion": (
        "",
        "Name,Assign,Due,Estimate (days),Status,Tags\n"
        'Search,Ada,"February 1, 2027",5,In progress,"web, ops"\nOld,Ada,,5,Done,\n',
        [("", "Search", "1.0 ew", "Ada", date(2027, 2, 1))],
    ),
}  # fmt: skip


class TestTools:
    @pytest.mark.parametrize("tool", TOOLS)
    def test_all_arrives(self, tool: str) -> None:
        words, text, expected = TOOLS[tool]
        done = plan(text)
        items = [put for put in done.puts if isinstance(put, Item)]
        found = [
            (one.key, one.title, one.size, item.owner, item.due) for one, item in zip(done.new, items, strict=True)
        ]
        assert done.format == words
        assert found == expected
        assert all(one.reason for one in done.rejected)

    def test_an_address_is_no_proof_of_github(self) -> None:
        done = plan("ID,Title,URL,Status,Owner,Points\nR-1,Audit,https://x.org/1,Open,Ada,5\nR-2,Audit,,Open,Ada,5\n")
        assert [(one.key, one.size) for one in done.new] == [("R-1", "0.5 ew"), ("R-2", "0.5 ew")]
        assert done.format == ""


class TestKeys:
    @pytest.mark.parametrize(
        "header",
        ["Task ID", "Story key", "Feature reference #", "Card #", "Req no.", "#", "Ref", "Work item ID", "Number",
         "Ticket number"],
    )  # fmt: skip
    def test_any_number_goes_before_a_task(self, header: str) -> None:
        done = plan(f"{header},Name,Task,Points\n1,First,Write tests,5\n2,Second,Write tests,5\n")
        assert [(one.key, one.title) for one in done.new] == [("1", "First"), ("2", "Second")]

    def test_phrases_are_no_keys(self) -> None:
        done = plan("Name,Task,Points\nFirst,Write tests,5\nSecond,Write tests,5\n")
        assert [(one.key, one.title) for one in done.new] == [("", "First"), ("", "Second")]


class TestParents:
    def test_by_name(self) -> None:
        assert [one.title for one in plan("Name,Parent task,Days\nEpic,,20\nA,Epic,5\nB,Epic,8\n").new] == ["A", "B"]

    def test_by_position_without_numbers(self) -> None:
        text = "ID,Work Item Type,Title 1,Title 2,State,Story Points\n,Feature,Account,,New,20\n"
        text += ",Story,,Log in,New,5\n,Story,,Log out,New,3\n"
        done = plan(text)
        assert [(one.title, one.size) for one in done.new] == [("Log in", "0.5 ew"), ("Log out", "0.3 ew")]
        assert "only holds together 2 rows" in done.rejected[0].reason

    def test_test_cases_and_removed_work_stay_out(self) -> None:
        text = "ID,Work Item Type,Title,State\n1,User Story,a,New\n2,Test Case,b,Design\n3,User Story,c,Removed\n"
        assert [one.title for one in plan(text).new] == ["a"]


class TestWhereATableBegins:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_lines_above_the_header(self, delimiter: str) -> None:
        text = "Report: open issues,,\nExported 2026-11-29,,\nTitle,Key,Days\nAudit,R-1,5\n".replace(",", delimiter)
        done = plan(text)
        assert [(one.key, one.title, one.size, one.line) for one in done.new] == [("R-1", "Audit", "1.0 ew", 4)]
        assert any("The header was found in line 3; 2 rows above it left out." in note for note in done.notes)

    @pytest.mark.parametrize("name", ["Total", "TOTAL", "Sum", "Summe", "Grand total", "Gesamt"])
    def test_totals_are_no_items(self, name: str) -> None:
        done = plan(f"Title,Key,Points,Status\na,K-1,5,Open\nb,K-2,8,Open\n{name},,13,\n")
        assert [one.key for one in done.new] == ["K-1", "K-2"]
        assert "row of totals" in done.rejected[0].reason

    def test_an_item_that_is_called_total_is_one(self) -> None:
        assert [one.title for one in plan("Title,Key,Points\nTotal,K-1,5\n").new] == ["Total"]


class TestMarkup:
    def test_html_becomes_text(self) -> None:
        html = "<div>As a <b>user</b>,&nbsp;I want&nbsp;it.<br><ul><li>one</li><li>two</li></ul></div>"
        text = f'Title,Description\na,"{html}"\n'
        item = next(put for put in plan(text).puts if isinstance(put, Item))
        assert item.note == "As a user, I want it.\n- one\n- two"

    def test_what_is_no_tag_stays(self) -> None:
        item = next(put for put in plan("Title,Description\n[Q3] a < b,x < y > z\n").puts if isinstance(put, Item))
        assert (item.title, item.note) == ("[Q3] a < b", "x < y > z")


class TestTeams:
    def test_a_team_of_an_unsized_item_is_kept(self) -> None:
        done = plan("Title,Key,Team,Points\nA,K-1,Pay,\nB,K-2,Core,\n")
        assert [put.name for put in done.puts if put.table == "teams"] == ["Pay", "Core"]  # type: ignore[attr-defined]
        teams = {put.id: put.name for put in done.puts if isinstance(put, Team)}
        assert [teams[put.team_id] for put in done.puts if isinstance(put, Item) and put.team_id] == ["Pay", "Core"]
        assert [str(team) for team in done.teams] == ["Pay (1 row) is new", "Core (1 row) is new"]
        (said,) = (note for note in done.notes if "capacity" in note)
        assert said.startswith("2 teams are new and have no capacity yet (Pay, Core): give it in the app, or here ")

    def test_every_team_of_the_file_is_said_to_become_something(self) -> None:
        state = fresh()
        state.tables["teams"][1] = Team(id=1, name="Pay")
        text = "Title,Key,Team,Points\nA,K-1,pay,8\nB,K-2,Core,8\nC,K-3,Pay squad,\nD,K-4,Vendors,8\nE,K-5,,8\n"
        options = ImportOptions(8.0, teams=(team_wish("Pay squad -> Pay"), team_wish("Vendors ->")))
        done = plan_import(state, parse_table(text.encode(), "f.csv"), options)
        assert [str(team) for team in done.teams] == [
            "pay (1 row) is here", "Core (1 row) is new", "Pay squad (1 row) is Pay",
            "Vendors (1 row) is not a team here",
        ]  # fmt: skip
        core = next(put for put in done.puts if isinstance(put, Team))
        names = {put.id: put.title for put in done.puts if isinstance(put, Item)}
        sized = {names[put.item_id]: put.team_id for put in done.puts if isinstance(put, Size)}
        assert sized == {"A": 1, "B": core.id, "D": 1, "E": 1}
        assert [put.team_id for put in done.puts if isinstance(put, Item) and put.title == "C"] == [1]
        # Who says which teams to use gets no others, and is told what is none of them.
        told = plan_import(state, parse_table(text.encode(), "f.csv"), ImportOptions(8.0, teams=(team_wish("Pay"),)))
        assert [(team.name, team.team, team.new) for team in told.teams][1] == ("Core", "", False)
        assert any("a team that is not here (Core, Vendors)" in note for note in told.notes)

    def test_wishes_read_as_they_are_said(self) -> None:
        for text in ("Pay", "Pay=34", "Pay squad -> Pay", "Vendors ->"):
            assert team_wish(team_wish(text).said) == team_wish(text)
        assert team_wish("Billing:") == TeamWish("Billing")
        for text, sentence in (
            ("-> Pay", "the file's name"),
            ("Pay 5 people", "made before the import"),
            ("42", "a letter|a name"),
        ):
            with pytest.raises(StoreError, match=sentence):
                team_wish(text)
