"""What is over does not become backlog, and what is not is not left out, whichever way a tool says it."""

from __future__ import annotations

import pytest

from store.imports.finished import says_over
from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from tests.store.imports.test_import_merge import fresh

_OVER = (
    "✅ Done|Done (Q2)|Shipped 🚀|Released to customers|Live|Launched|Deployed|Merged|Archived|Removed|Accepted|"
    "Verified|Fixed|Will not do|Won’t do|Won't fix|Not doing|Not planned|Discarded|Delivered|Implemented|100%|"
    "Published|Solved|Rolled out|In production|5 - Done|06. Closed|All done|Closed as duplicate|Completed 🎉|"
    "No longer needed|Dropped|Erledigt|Fertig|Abgeschlossen|Wird nicht umgesetzt|Terminée|Annulé|Fermé|Hecho|"
    "Finalizada|Listo|Cerrado|Concluído|Feito|Pronto|Itens concluídos|Chiuso|Completato|Gereed|Klaar|Gotowe|Zamknięte|"
    "Готово|Закрыт|Hotovo|Kész|Færdig|Tamamlandı|完了|已完成|완료"
)
_GOING_ON = (
    "To Do|In Progress|Open|Reopened|Backlog|Next|Icebox|On hold|Blocked|In Review|QA Check|Triage|Planned|Approved|"
    "Ready for release|To be released|Ready to be merged|Not done|Undone|Almost done|Partially done|Dev done|"
    "Design complete|Waiting to be deployed|Deployed to staging|Merged to dev|Done, awaiting review|Closed beta|"
    "Live testing|Definition of done|Finishing touches|Closing|Release planning|Accepted for Q2|Unresolved|"
    "Nicht erledigt|Offen|À faire|Por hacer|A fazer|Listo para revisar|Klaar voor review|Не готово|进行中|未完成"
)
OVER, GOING_ON = _OVER.split("|"), _GOING_ON.split("|")


def plan(text: str, options: ImportOptions | None = None) -> ImportPlan:
    return plan_import(fresh(), parse_table(text.encode(), "f.csv"), options)


def titles(text: str) -> list[str]:
    return [one.title for one in plan(text).new]


class TestWords:
    @pytest.mark.parametrize("status", OVER)
    def test_over(self, status: str) -> None:
        assert says_over(status)
        assert titles(f'Title,Status\na,"{status}"\nb,To do\n') == ["b"]

    @pytest.mark.parametrize("status", GOING_ON)
    def test_going_on(self, status: str) -> None:
        assert not says_over(status)
        assert titles(f'Title,Status\na,"{status}"\n') == ["a"]

    @pytest.mark.parametrize("status", [*OVER, *GOING_ON])
    def test_case_says_nothing(self, status: str) -> None:
        assert says_over(status) == says_over(status.upper()) == says_over(status.lower())


class TestColumns:
    @pytest.mark.parametrize(
        "header",
        ["Completed", "Completed At", "Resolved", "Resolution date", "Closed At (UTC)", "closedAt", "Canceled",
         "Archived", "Date closed", "Shipped on", "Actual end date", "Accepted at"],
    )  # fmt: skip
    @pytest.mark.parametrize("cell", ["2026-10-05", "05/Oct/26 4:12 PM", "1790000000000", "2026-10-05T10:00:00.000Z"])
    def test_a_date_there_means_over(self, header: str, cell: str) -> None:
        assert titles(f"Title,Status,{header}\na,QA,{cell}\nb,QA,\n") == ["b"]

    @pytest.mark.parametrize(
        ("yes", "no"), [("true", "false"), ("Yes", "No"), ("x", ""), ("TRUE", "FALSE"), ("ja", "nein")]
    )
    @pytest.mark.parametrize("header", ["Archived", "Completed", "Is closed", "Done"])
    def test_a_flag(self, header: str, yes: str, no: str) -> None:
        assert titles(f"Title,{header}\na,{yes}\nb,{no}\n") == ["b"]

    def test_a_number_there_counts_something_else(self) -> None:
        assert titles("Title,Completed\na,3\nb,0/5\nc,2/2 sub-tasks\n") == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("cells", "left"),
        [
            (("100%", "99%", "0%"), "a"),
            (("100", "50", "1"), "a"),
            (("1", "0.5", "0"), "a"),
            (("100,0", "10,5", ""), "a"),
        ],
    )
    @pytest.mark.parametrize("header", ["% Complete", "Progress", "% Done", "Percent complete"])
    def test_all_of_it(self, header: str, cells: tuple[str, ...], left: str) -> None:
        text = "".join(f"{name};{cell}\n" for name, cell in zip("abc", cells, strict=True))
        assert titles(f"Title;{header}\n{text}") == [name for name in "abc" if name != left]

    def test_a_resolution(self) -> None:
        text = "Summary,Issue key,Status,Resolution\na,K-1,Open,\nb,K-2,Custom,Fixed\nc,K-3,Open,Unresolved\n"
        assert titles(text) == ["a", "c"]

    def test_of_several_columns_one_is_enough(self) -> None:
        text = "ID,Title,Team,Status,Completed,Canceled,Archived\n"
        rows = "E-1,a,T,Odd,,,\nE-2,b,T,Odd,2026-01-02,,\nE-3,c,T,Odd,,2026-01-02,\nE-4,d,T,Odd,,,2026-01-02\n"
        assert titles(text + rows) == ["a"]


class TestSaid:
    TEXT = "Title,Status,Closed at\na,Open,\nb,Done,\nc,Odd,2026-01-02\nd,Open,\ne,Odd,\n"

    def test_every_status_is_listed_with_its_count(self) -> None:
        notes = plan(self.TEXT).notes
        assert "Statuses taken: Open (2), Odd (1)." in notes
        assert "Statuses left as over: Done (1), Odd (1)." in notes

    def test_why_a_row_is_left(self) -> None:
        assert [one.reason.split(" (")[0] for one in plan(self.TEXT).rejected] == [
            'is "Done"',
            'is over: Closed at "2026-01-02"',
        ]

    def test_all_of_them_on_request(self) -> None:
        assert len(plan(self.TEXT, ImportOptions(include_done=True)).new) == 5

    def test_rows_in_are_rows_taken_and_left(self) -> None:
        done = plan("Title,Status\na,Done\n,Open\nb,Open\nb,Open\n")
        assert len(done.new) + len(done.rejected) == done.rows == 4
        assert all(one.reason for one in done.rejected)
