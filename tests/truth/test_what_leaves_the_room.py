"""A quarter on data of its own, made by public commands under a clock, and all that leaves the room of it: every
sentence of every memo, account's page and web page is of a known kind and holds by SQL; exports equal the records.

About eight seconds.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.truth.account_sentences import read_account
from tests.truth.clock import Clock
from tests.truth.quarter import BACKLOG, BEGINNING, MEETINGS
from tests.truth.records import Records
from tests.truth.sentences import Reader
from tui.cli import main

NAMES = ("Hafen Logistik", "Tidewater", "Oakline", "Fjordkraft", "Bergmann & Söhne")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch, datetime(2026, 12, 14, 8).astimezone())


def test_every_sentence_that_leaves_the_room_is_true(
    clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "quarter.db"
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    (tmp_path / "backlog.csv").write_text(BACKLOG, encoding="utf-8")

    def run(*words: str) -> str:
        capsys.readouterr()
        code = main(list(words))
        out, err = capsys.readouterr()
        assert code == 0, (words, out, err)
        return out

    run("import", str(tmp_path / "backlog.csv"), "--team", "Billing=22", "--team", "Core=24")
    for words in BEGINNING:
        run(*words)
    sent: dict[str, tuple[str, Records]] = {}
    for day, commands in MEETINGS:
        clock.set(day)
        before = Records(path)
        for words in commands:
            run(*words)
        after = Records(path)
        for audience in ("executives", "team"):
            memo = run("memo", audience)
            Reader(before, after, day).read(memo)
            it_would_tell(memo, before, after, day)
        for name in NAMES:
            page = run("memo", "account", "--customer", name, "--sent")
            since, last = sent.get(name, ("", before))
            read_account(page, name, after, last, day, f"the last page, of {since}," if since else day)
            assert not re.search(r"\$|Ines|Jonas|Tom|Mia|" + "|".join(set(NAMES) - {name}), page), page
            sent[name] = day, after
        if day in (MEETINGS[0][0], MEETINGS[-2][0]):
            same_on_the_web(memo, run("memo", "team", "--html"))
            exported(run, after)
            past = memo
    # The past reads as it did, for programs, too.
    assert json.loads(run("memo", "team", "--day", MEETINGS[-2][0], "--json"))["text"] == past


#: What would be false in a memo, by what stands there: a figure, a name, a verb, a kind of sentence that is new.
FALSE = (
    ("In: 26.5 ew", "In: 26.6 ew"),
    ("4.0 ew, asked by Tom Reuter", "4.0 ew, asked by Mia Lund"),
    ("$18,000", "$18,500"),
    ("Came in: “Tax rules", "Cut: “Tax rules"),
    ("out: 3.0 ew", "out: 2.0 ew"),
    ("waiting: Tidewater", "waiting: Oakline"),
    ("(43% against 70%)", "(45% against 70%)"),
    ("took 5.5 ew", "took 4.0 ew"),
    ("“krona only”", "“euro only”"),
    ("$310,000 a year", "$240,000 a year"),
    ("is closed;", "is over;"),
    ("by 2027-03-20", "by 2027-03-21"),
    ("Lost with the capacity", "Taken out"),
    ("; gave way: “", "; gave way: “Dunning letters”, “"),
    ("- New: “Fix double bookings” promised to Oakline by 2027-04-30\n", ""),
)


def it_would_tell(memo: str, before: Records, after: Records, day: str) -> None:
    """The reader finds what is false: each of these is, where it stands in a memo."""
    for right, wrong in FALSE:
        if right in memo:
            with pytest.raises(AssertionError):
                Reader(before, after, day).read(memo.replace(right, wrong))
    first = memo.index("\n- ") + 1
    with pytest.raises(AssertionError):
        Reader(before, after, day).read(f"{memo[:first]}- All went well\n{memo[first:]}")


def same_on_the_web(memo: str, page: str) -> None:
    """The web page says what the Markdown says, line by line, and that it is internal."""
    body = re.sub(r"<(style|svg|title)\b.*?</\1>", "", page, flags=re.S)
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
    for line in memo.replace("\\", "").splitlines():
        words = " ".join(re.sub(r"^(#+|- |\d+\. )|\*\*", "", line.strip()).split())
        assert re.sub(r"\s", "", words) in re.sub(r"\s", "", text), line


def exported(run: Any, records: Records) -> None:
    """The tables for programs hold what SQL says."""

    def table(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(run("export", name, "--format", "csv"))))

    words = {"plan": "in plan", "below": "below the line", "inbox": "in the inbox"}
    rows = table("plan")
    open_ = [row for row in records["items"] if row["state"] in ("plan", "below", "inbox")]
    assert sorted(row["title"] for row in rows) == sorted(row["title"] for row in open_)
    for row in rows:
        item = records.titles[row["title"]]
        assert (row["slice"], row["state"]) == (item["slice"], words[item["state"]])
        assert float(row["likely (ew)"]) == pytest.approx(records.size(item))
        who = records.waiting(row["title"])
        assert sorted(filter(None, row["waiting customers"].split("; "))) == sorted(who)
        known = [arr for arr in who.values() if arr is not None]
        assert (float(row["waiting revenue"]) if row["waiting revenue"] else None) == (sum(known) if known else None)
    decided = table("decisions")
    made = sorted(records["decisions"], key=lambda row: row["id"])
    assert [row["title"] for row in reversed(decided)] == [row["title"] for row in made]
    for row, one in zip(reversed(decided), made, strict=True):
        assert (row["decided by"], row["because"]) == (one["decided_by"], one["because"])
        assert datetime.fromisoformat(row["at"]) == datetime.fromisoformat(one["at"])
        moves = records.moves(one)
        for word in ("in", "out"):
            told = "; ".join(f"{move['title']} ({move['ew']:.1f} ew)" for move in moves[word])
            assert row[word] == told
    due = {(row["title"], row["promised to"], row["due"]) for row in table("commitments")}
    items = records.tables["items"]
    assert due == {(items[row["item_id"]]["title"], row["who"], row["due"]) for row in records["commitments"]}
    paid = {row["account"]: row["revenue a year"] for row in table("accounts")}
    assert {name: float(arr) if arr else None for name, arr in paid.items()} == {
        row["name"]: row["arr"] for row in records["customers"]
    }
