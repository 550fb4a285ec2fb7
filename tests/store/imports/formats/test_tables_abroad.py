"""Backlogs in other languages and scripts, and of tools that nobody made a dialect for: all arrives, or is said."""

from __future__ import annotations

from datetime import date

import pytest

from store.records import Item, Team
from tests.store.imports.test_tools import plan

#: the file, and (key, title, size, owner, due, teams of the file); shapes are from memory of each tool's own columns
FILES = {
    "Spanish sheet": (
        "Título;Responsable;Estimación (días);Estado;Fecha límite;Equipo\nPagar;Ana;5;Pendiente;03/04/2027;Pagos\n"
        "Viejo;Bo;3;Cerrada;;Pagos\n",
        ("", "Pagar", "1.0 ew", "Ana", date(2027, 4, 3), ["Pagos"]),
    ),
    "Backlog of Nulab, Japanese": (
        "件名,キー,種別,状態,優先度,担当者,期限日,予定時間,親課題\n検索,BL-1,タスク,未対応,高,田中,2027/02/01,１６,\n"
        "古い,BL-2,タスク,完了,低,,,8,\n処理,BL-3,バグ,処理済み,中,佐藤,2027年2月3日,4,BL-1\n",
        ("BL-1", "検索", "0.4 ew", "田中", date(2027, 2, 1), []),
    ),
    "Polish sheet": (
        "Tytuł;Klucz;Status;Szacunek;Właściciel;Termin;Zespół\nLogowanie;K-1;W trakcie;1 tydz.;Ewa;10.02.2027;Rdzeń\n"
        "Stare;K-2;Zrobione;1 dzień;;;Rdzeń\n",
        ("K-1", "Logowanie", "1.0 ew", "Ewa", date(2027, 2, 10), ["Rdzeń"]),
    ),
    "Chinese sheet": (
        "标题,编号,状态,负责人,预估工时,截止日期\n搜索,1,进行中,李,16,2027-02-01\n旧,2,已完成,王,8,\n",
        ("1", "搜索", "0.4 ew", "李", date(2027, 2, 1), []),
    ),
    "Korean sheet": (
        "제목,번호,상태,담당자,마감일,예상(시간)\n검색,1,진행 중,김,2027. 2. 1.,16\n옛것,2,완료,,,8\n",
        ("1", "검색", "0.4 ew", "김", date(2027, 2, 1), []),
    ),
    "Russian sheet": (
        "Название;Ключ;Статус;Исполнитель;Оценка (ч);Срок\n"
        "Поиск;К-1;В работе;Анна;16;01.02.2027\nСтарое;К-2;Готово;;8;\n",
        ("К-1", "Поиск", "0.4 ew", "Анна", date(2027, 2, 1), []),
    ),
    "Turkish sheet": (
        "Başlık;Anahtar;Durum;Atanan;Tahmin (gün);Bitiş tarihi\nArama;A-1;Yapılacak;Ayşe;3;01.02.2027\n"
        "Eski;A-2;Tamamlandı;;1;\n",
        ("A-1", "Arama", "0.6 ew", "Ayşe", date(2027, 2, 1), []),
    ),
    "ServiceNow": (
        "Number,Short description,State,Assigned to,Assignment group,Planned effort,Due date\n"
        "STRY1,Search,Draft,Ada,Pay,2 Days 4 Hours,2027-02-01 17:00:00\nSTRY2,Old,Complete,Bo,Pay,1 Day,\n",
        ("STRY1", "Search", "0.5 ew", "Ada", date(2027, 2, 1), ["Pay"]),
    ),
    # Whoever entered a story is its owner there.
    "Taiga": (
        "id,ref,subject,owner,assigned_to,status,is_closed,total-points,due_date\n"
        "77,12,Search,ada,bo,In progress,False,5.0,2027-02-01\n78,13,Old,ada,,Odd,True,3,\n",
        ("12", "Search", "0.5 ew", "bo", date(2027, 2, 1), []),
    ),
    "Zoho Projects": (
        "Task Id,Task Name,Owner,Custom Status,Due Date,Duration,Work hours,Completion percentage\n"
        "T1,Search,Ada,In Progress,01-31-2027,5 days,16:00,20\nT2,Old,Bo,Odd,,2 days,08:00,100\n",
        ("T1", "Search", "0.4 ew", "Ada", date(2027, 1, 31), []),
    ),
    "Todoist": (
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,RESPONSIBLE,DURATION,DURATION_UNIT\n"
        "task,Search,Find it,1,1,Bo,960,minute\ntask,Sub,,4,2,Ada,,\n",
        ("", "Search", "0.4 ew", "Bo", None, []),
    ),
    "Planner": (
        "Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Created Date,Due Date,Completed Date\n"
        "abc,Search,Web,In progress,Low,Ada,11/28/2026,02/01/2027,\nabd,Old,Web,Odd,Low,,11/01/2026,,11/20/2026\n",
        ("abc", "Search", "unsized", "Ada", date(2027, 2, 1), []),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_one_arrives_and_the_other_is_over(name: str) -> None:
    text, expected = FILES[name]
    done = plan(text)
    first, item = done.new[0], next(put for put in done.puts if isinstance(put, Item))
    assert (first.key, first.title, first.size, item.owner, item.due, [team.name for team in done.teams]) == expected
    assert len(done.new) == 1
    assert all(row.reason for row in done.rejected)
    assert [put.name for put in done.puts if isinstance(put, Team)] == (expected[-1] or ["Team"] * (first.size != ""))


@pytest.mark.parametrize(
    ("text", "size"),
    [("half a day", "0.1 ew"), ("a week", "1.0 ew"), ("two weeks", "2.0 ew"), ("5 (rough)", "1.0 ew"),
     ("２日", "0.4 ew"), ("M (medium)", "1.5-3.0-5.0 ew"), ("2d (was 5d)", "unsized"), ("3 to 5 days", "unsized")],
)  # fmt: skip
def test_estimates_in_words_and_other_digits(text: str, size: str) -> None:
    done = plan(f"Title,Effort (days)\nA,{text}\n")
    assert [one.size for one in done.new] == [size]
    assert any("cannot be read" in note for note in done.notes) == (size == "unsized")


def test_a_range_in_words_is_told_as_one() -> None:
    assert any("has 2 numbers" in note for note in plan("Title,Effort (days)\nA,3 to 5 days\n").notes)
