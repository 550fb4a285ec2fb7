"""``makeroom export``, ``compare`` and ``completion``, and an export that comes back: what is written, said and
refused. About 10 s."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
import python_calamine

from store.records import Command, Item, Quarter, Shortfall, new_id
from store.workspace.workspace import Workspace
from tests.store.exports.export_schema import hash_of_content
from tests.store.unawares import behind
from tests.tui import app_helpers
from tests.tui.app_helpers import stored, things
from tui.cli import main
from tui.cli.files.export_arguments import FORMATS, KINDS
from tui.exports.formats import FORMATS as REAL_FORMATS
from tui.exports.formats import KINDS as REAL_KINDS

ROOT = Path(__file__).parents[4]
SCHEMA = json.loads((ROOT / "docs" / "export-schema.json").read_text(encoding="utf-8"))
TITLE = '=HYPERLINK("http://evil.example","a, b") 東京'


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo, with an item that looks like a formula and has a key, and a decision on it."""
    path = app_helpers.demo(tmp_path)
    with Workspace.open(path, actor="ada") as workspace:
        one = Item(id=new_id(), title=TITLE, state="inbox", rank=99.0, draw=5, source_key="PAY-7")
        workspace.apply(Command("edit", "one more", (one,)))
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    monkeypatch.chdir(tmp_path)
    return path


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    said = capfd.readouterr()
    return code, said.out, said.err


def rows_of(path: str) -> list[list[str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def as_number(text: str) -> object:
    """A cell that is a number, as that, to twelve digits: a spreadsheet writes it in its own way."""
    share = text.endswith("%")
    try:
        return float(f"{float(text.removesuffix('%')) / (100 if share else 1):.12g}")
    except ValueError:
        return text


class TestFiles:
    def test_the_help_names_what_there_is(self) -> None:
        assert tuple(REAL_FORMATS) == FORMATS
        assert set(KINDS) == set(REAL_KINDS)

    def test_every_kind_in_every_format(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        before = db.read_bytes()
        titles = {one.title for one in stored(db).all(Item).values()}
        for format in REAL_FORMATS.values():
            for kind in format.kinds:
                name = f"{kind}-{format.name}{format.ending}"
                code, said, _ = run(capfd, "export", kind, "--format", format.name, "-o", name)
                assert (code, said) == (0, f"written to {name}\n")
        assert db.read_bytes() == before, "an export changes nothing"
        for format in ("md", "html", "json"):
            text = Path(f"all-{format}{REAL_FORMATS[format].ending}").read_text(encoding="utf-8")
            assert "Carrier onboarding wizard" in text
        for name in (f"{kind}-json.json" for kind in REAL_KINDS):
            jsonschema.validate(json.loads(Path(name).read_text(encoding="utf-8")), SCHEMA)
        assert {row[2].removeprefix("'") for row in rows_of("plan-csv.csv")[1:]} == titles
        assert rows_of("plan-jira.csv") == [
            ["Issue Key", "Summary", "Labels", "Rank"],
            ["PAY-7", TITLE, "makeroom-asked", "1"],
        ]

    def test_csv_and_xlsx_hold_the_same_cells(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        kinds = [kind for kind in REAL_KINDS if kind != "all"]
        run(capfd, "export", "-o", "before.xlsx")
        before = [kind for kind in kinds if kind not in ("progress", "interrupts")]
        assert python_calamine.load_workbook("before.xlsx").sheet_names == [*before, "quarter"]
        title = stored(db).all(Item)[1].title
        assert run(capfd, "progress", title, "--tenths", "4", "--on", "2027-02-08")[0] == 0
        assert run(capfd, "interrupt", "2d Payments: outage >Acme", "--on", "2027-02-09")[0] == 0
        for kind in kinds:
            run(capfd, "export", kind, "-o", f"{kind}.csv")
        run(capfd, "export", "-o", "all.xlsx")
        book = python_calamine.load_workbook("all.xlsx")
        assert book.sheet_names == [*kinds, "quarter"]
        for kind in kinds:
            head, *rows = rows_of(f"{kind}.csv")
            (about, *_), names, *sheet = book.get_sheet_by_name(kind).to_python()
            assert about.endswith(f"Internal: not for customers. As of {date.today().isoformat()}.")
            assert [name.removesuffix(" (UTC)") for name in names] == head
            for row, cells in zip(rows, sheet, strict=True):
                for name, text, cell in zip(head, row, cells, strict=True):
                    if isinstance(cell, datetime):
                        # No cell knows a zone: the head names it.
                        assert datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None) == cell
                    elif isinstance(cell, float) and name in ("return (times)", "share", "one-offs before"):
                        # As it reads on every other page: cut to a tenth, of a time or of a percent.
                        assert 0 <= float(text) - cell < (0.1 if "times" in name else 0.001)
                    elif isinstance(cell, float):
                        # A workbook keeps sixteen digits.
                        assert float(text) == pytest.approx(cell, rel=1e-15)
                    else:
                        assert text == str(cell)

    @pytest.mark.skipif(not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not here")
    def test_libreoffice_sees_the_same_cells(self, db: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        run(capfd, "export", "plan", "-o", "plan.csv")
        run(capfd, "export", "plan", "-o", "book.xlsx")
        office = shutil.which("soffice") or shutil.which("libreoffice") or ""
        found = {}
        for name in ("plan.csv", "book.xlsx"):
            (tmp_path / "seen").mkdir(exist_ok=True)
            as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false"
            own = f"-env:UserInstallation=file://{tmp_path}/office"
            # UTF-8 and commas, as one chooses them in the dialog that opens a table.
            reading = ["--infilter=CSV:44,34,76,1"] if name.endswith(".csv") else []
            command = [office, own, "--headless", *reading, "--convert-to", as_csv, "--outdir", "seen", name]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            found[name] = [[as_number(cell) for cell in row] for row in rows_of(f"seen/{Path(name).stem}.csv")]
        wanted = [[as_number(cell) for cell in row] for row in rows_of("plan.csv")]
        assert found["plan.csv"] == wanted
        # A sheet's first line says what a row is.
        about, *cells = found["book.xlsx"]
        assert str(about[0]).startswith("The plan of ")
        assert not any(about[1:])
        assert cells == wanted

    def test_nothing_is_written_over_unasked(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        Path("plan.md").write_text("mine")
        Path("link.md").symlink_to("plan.md")
        for name, words in (
            ("plan.md", "plan.md is there already: name another file, or add --overwrite."),
            ("link.md", "link.md is a link, and is left as it is: name a file."),
            ("no/plan.md", "There is no folder no: make it first, or name another file."),
        ):
            code, said, complained = run(capfd, "export", "-o", name)
            assert (code, said, complained) == (3, "", f"makeroom: {words}\n")
        assert Path("plan.md").read_text() == "mine"
        for option in ("--overwrite", "--force"):
            assert run(capfd, "export", "-o", "plan.md", option)[0] == 0
        assert Path("plan.md").read_text(encoding="utf-8").startswith("# ")
        assert not [each for each in os.listdir() if "half" in each]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("all", "--format", "csv"), "csv holds one table: name one of plan, decisions, one-offs"),
            (("decisions", "--format", "jira"), "jira holds plan, not decisions"),
            (("--format", "xlsx"), "a workbook is not text"),
            (("-o", "plan.doc"), "“.doc” says no format"),
            (("everything",), "invalid choice: 'everything'"),
        ],
    )
    def test_wrong_usage_is_a_sentence(
        self, db: Path, capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
    ) -> None:
        code, said, complained = run(capfd, "export", *arguments)
        assert (code, said) == (2, "")
        assert words in complained

    def test_a_workspace_that_is_not_there_is_not_made(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        code, _, complained = run(capfd, "--db", "none.db", "export")
        assert code == 3
        assert "There is no workspace" in complained
        assert not Path("none.db").exists()

    def test_what_stands_open_is_told_beside_a_table(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        with Workspace.open(db, actor="ada") as workspace:
            quarter = workspace.load().quarter
            row = Shortfall(id=new_id(), quarter_id=quarter.id, cause="Ana leaves", odds=0.5, at=datetime.now(UTC))
            workspace.apply(Command("edit", "short", (row,)))
        _, said, complained = run(capfd, "export", "plan", "--format", "csv")
        assert complained == "note: Open shortfall, odds 50%: Ana leaves\n"
        assert "Ana" not in said
        assert "**Open shortfall, odds 50%: Ana leaves**" in run(capfd, "export")[1]


class TestPipes:
    def test_text_goes_out_as_utf8_whatever_the_terminal(self, db: Path) -> None:
        environ = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main(sys.argv[1:]))", "export"]
        done = subprocess.run([*command, "plan", "--format", "csv"], env=environ, capture_output=True, check=True)
        found = list(csv.reader(io.StringIO(done.stdout.decode("utf-8"))))
        assert [row[2] for row in found][-1] == f"'{TITLE}"
        assert b"\r" not in done.stdout

    def test_stopped_there_is_no_file(self, db: Path) -> None:
        """Ctrl+C while it works: nothing of the new file, all of the old one."""
        Path("plan.json").write_text("old")
        code = (
            "import signal, sys, time\nimport store.exports.own_json as own\n"
            # Whoever was started in the background may have it ignored.
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "def slow(*_):\n    print('begun', flush=True)\n    time.sleep(30)\n"
            "own.own_json = slow\nfrom tui.cli import main\nsys.exit(main(sys.argv[1:]))"
        )
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        arguments = ["export", "--format", "json", "-o", "plan.json", "--overwrite"]
        process = subprocess.Popen([sys.executable, "-c", code, *arguments], env=environ, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        _, complained = process.communicate(timeout=60)
        assert (process.returncode, complained) == (130, "makeroom: stopped.\n")
        assert Path("plan.json").read_text() == "old"
        assert not [each for each in os.listdir() if "half" in each]


class TestBack:
    def test_our_own_tables_change_nothing(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        before = db.read_bytes()
        count = len(stored(db).all(Item))
        for name in ("plan.csv", "book.xlsx"):
            run(capfd, "export", "plan", "-o", name)
            code, said, _ = run(capfd, "import", name)
            assert code == 0
            assert f"0 new, 0 updated, {count} unchanged, 0 not taken" in said
            assert "nothing to write" in said
        assert db.read_bytes() == before

    def test_what_differs_in_our_own_table_stays_as_here(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        run(capfd, "export", "plan", "-o", "plan.csv")
        head, *rows = table = rows_of("plan.csv")
        at = next(row for row in rows if row[head.index("title")] == "Carrier onboarding wizard")
        at[head.index("likely (ew)")] = "4.75"
        new = {"rank": "1", "title": "'=brand new", "slice": "F", "team": "Web", "likely (ew)": "1.5"}
        table.append([new.get(name, "") for name in head])
        with Path("edited.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
        before = things(stored(db))
        _, said, _ = run(capfd, "import", "edited.csv")
        assert "1 new" in said
        assert "Carrier onboarding wizard: size, which the file gives as 2.2-4.8-5.0 ew" in said
        after = things(stored(db))
        (new,) = [row for key, row in after["items"].items() if key not in before["items"]]
        assert new["title"] == "=brand new"
        assert {key: after["items"][key] for key in before["items"]} == before["items"]

    def test_a_workspace_comes_back_whole(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        assert main(["trade", "Export the audit log as CSV", "--by", "Jo", "--because", "asked twice"]) == 0
        assert run(capfd, "export", "--format", "json", "-o", "room.json")[0] == 0
        code, said, _ = run(capfd, "--db", "new.db", "import", "room.json", "--dry-run")
        assert (code, Path("new.db").exists()) == (0, False)
        assert "nothing written (dry run)" in said
        code, said, _ = run(capfd, "--db", "new.db", "import", "room.json")
        assert code == 0
        assert "written to new.db as one step" in said
        one, other = stored(db), stored(Path("new.db"))
        assert hash_of_content(one) == hash_of_content(other)
        assert json.loads(Path("room.json").read_text(encoding="utf-8"))["hash"] == hash_of_content(other)
        # A workspace that is there already, but in which nobody has done anything, will do as well.
        Workspace.open("fresh.db", actor="ada").close()
        assert run(capfd, "--db", "fresh.db", "import", "room.json")[0] == 0
        assert hash_of_content(stored(Path("fresh.db"))) == hash_of_content(one)

    def test_it_never_mixes_with_what_is_there(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        run(capfd, "export", "--format", "json", "-o", "room.json")
        before = db.read_bytes()
        code, said, complained = run(capfd, "import", "room.json")
        assert (code, said) == (3, "")
        assert "has teams in it already. Nothing was changed." in complained
        assert "makeroom --db NEW.db import room.json" in complained
        text = Path("room.json").read_text(encoding="utf-8")
        Path("newer.json").write_text(text.replace('"version": 1', '"version": 2'), encoding="utf-8")
        code, _, complained = run(capfd, "--db", "new.db", "import", "newer.json")
        assert code == 3
        assert "was exported by a newer makeroom (version 2, this one reads 1)" in complained
        assert not Path("new.db").exists()
        assert db.read_bytes() == before

    def test_a_plan_that_was_made_worse_by_hand_is_an_open_shortfall(
        self, db: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        run(capfd, "export", "--format", "json", "-o", "room.json")
        found = json.loads(Path("room.json").read_text(encoding="utf-8"))
        for row in found["tables"]["capacities"]:
            row["net"] = 1.0
        Path("room.json").write_text(json.dumps(found), encoding="utf-8")
        code, said, _ = run(capfd, "--db", "new.db", "import", "room.json")
        assert code == 0
        assert "somebody has changed the file since it was exported" in said
        assert "fell below its target" in said
        state = stored(Path("new.db"))
        (shortfall,) = state.all(Shortfall).values()
        assert shortfall.quarter_id in state.all(Quarter)
        assert shortfall.settled_at is None

    def test_the_app_says_where_such_a_file_belongs(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        from store.common.errors import StoreError
        from store.imports.reader import read_table

        run(capfd, "export", "--format", "json", "-o", "room.json")
        with pytest.raises(StoreError, match=r"is a whole workspace, no backlog.*--db NEW\.db import room\.json"):
            read_table(Path("room.json"))


def test_compare_is_a_command_of_its_own(db: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "snapshot", "save", "before")[0] == 0
    code, said, _ = run(capfd, "compare", "before", "now")
    assert (code, said.count("0 differences")) == (0, 1)
    assert run(capfd, "snapshot", "compare", "before", "now")[1] == said
    code, said, _ = run(capfd, "compare", "before", "--html", "c.html")
    assert (code, said) == (0, "written to c.html\n")
    code, _, complained = run(capfd, "compare", "before", "--html", "c.html")
    assert (code, complained) == (3, "makeroom: c.html is there already: name another file, or add --overwrite.\n")
    Path("link.html").symlink_to("c.html")
    assert run(capfd, "compare", "before", "--html", "link.html", "--overwrite")[0] == 3


BASH = """
source makeroom.bash
complete -p makeroom
while IFS= read -r line; do
    read -r -a COMP_WORDS <<< "$line"
    [[ $line == *' ' ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _shtab_makeroom
    (IFS='|'; echo "${COMPREPLY[*]}")
done
"""


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not here")
def test_bash_completes_from_the_parser(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, script, _ = run(capfd, "completion", "bash")
    assert code == 0
    Path("makeroom.bash").write_text(script)
    Path("plan of mine.toml").write_text("")
    asked = {
        "makeroom exp": "export",
        "makeroom commitments add --kind ": "aim|promised|contractual|regulatory",
        "makeroom exceptions re": "review",
        "makeroom snapshot co": "compare",
        "makeroom export ": "plan|decisions|one-offs|commitments|waits|accounts|exceptions|mix|progress|interrupts|all",
        "makeroom export --format x": "xlsx",
        "makeroom export plan --o": "--output|--overwrite",
        "makeroom --db my.db export plan --fo": "--format|--force",
        "makeroom import --parents ": "auto|both",
        "makeroom import --points-per-week ": "",
        "makeroom completion ": "bash|zsh|fish|tcsh",
        "makeroom export -o makeroom": "makeroom.bash",
        "makeroom compare pl": "",
        "makeroom import pl": "plan of mine.toml",
        "makeroom snapshot restore --by": "--by",
        "makeroom trade --swap ": "",
        "makeroom nothing-like-it": "",
    }
    done = subprocess.run(
        ["bash", "-c", BASH], input="\n".join(asked) + "\n", capture_output=True, text=True, check=True
    )
    said, *answers = done.stdout.split("\n")
    assert said == "complete -o bashdefault -F _shtab_makeroom makeroom"
    assert dict(zip(asked, answers, strict=False)) == asked
    assert done.stderr == ""


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not here")
def test_names_in_the_workspace_are_completed_and_never_run(
    db: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a title holds is text to the shell, and to ask for it loads neither records nor figures."""
    (one, other) = [row for row in stored(db).all(Item).values() if row.state == "plan"][:2]
    with Workspace.open(db) as workspace:
        hostile = one.model_copy(update={"title": "Zz $(touch pwned) `touch pwned`; touch pwned"})
        workspace.apply(Command("edit", "renamed", (hostile,)))
    Path("makeroom.bash").write_text(run(capfd, "completion", "bash")[1])
    code = "import sys; from tui.cli import main; code = main(); "
    code += "sys.exit(9 if {'pydantic', 'numpy', 'textual'} & set(sys.modules) else code)"
    tool = f'makeroom() {{ \'{sys.executable}\' -c "{code}" "$@" || touch heavy; }}\n'
    asked = [
        "makeroom item Zz",
        f"makeroom drop {other.title[:6]}",
        "makeroom item nothing-like-it",
        "makeroom trade 1 --way pi",
    ]
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = subprocess.run(
        ["bash", "-c", tool + BASH], input="\n".join(asked) + "\n", capture_output=True, text=True, check=True
    )
    _, first, second, third, way = done.stdout.splitlines()
    assert first == r"Zz\ \$\(touch\ pwned\)\ \`touch\ pwned\`\;\ touch\ pwned"
    assert other.title in second.replace("\\", "").split("|")
    assert (third, way) == ("", "pilot")
    assert not Path("pwned").exists()
    assert not Path("heavy").exists()


@pytest.mark.parametrize("shell", ["zsh", "fish", "tcsh"])
def test_other_shells_know_every_command(shell: str, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, script, _ = run(capfd, "completion", shell)
    assert code == 0
    for word in ("export", "compare", "completion", "snapshot", "restore", "overwrite", "parents", "one-offs", "auto"):
        assert word in script
    # Quotes that do not close would break everything after them.
    assert script.count("'") % 2 == 0
    if shutil.which(shell):
        (tmp_path / "script").write_text(script)
        subprocess.run([shell, "-n", str(tmp_path / "script")], check=True)


def test_a_file_that_was_changed_by_hand_sends_no_escapes(
    db: Path, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """What the store never lets in may have been put there by another program."""
    behind(
        db,
        "UPDATE items SET title = 'ev\x1b]0;owned\x07il \x9b31m \u202eturned ' || id",
        "UPDATE decisions SET title = 'ev\x1b[2J\u202eil ' || id, because = 'so \x1b[31m'",
    )
    for number, words in enumerate(
        [["export"], ["export", "decisions"], ["export", "--format", "csv"], ["export", "--format", "html"],
         ["memo", "team"], ["memo", "team", "--html"]]
    ):  # fmt: skip
        target = (
            tmp_path / f"out-{number}.{'html' if words[-1].endswith('html') else 'csv' if words[-1] == 'csv' else 'md'}"
        )
        for more in ([], ["-o", str(target)]):
            capsysbinary.readouterr()
            code = main(["--db", str(db), *words, *more])
            out, err = capsysbinary.readouterr()
            assert code == 0, err
            text = (target.read_bytes() if more else out).decode()
            assert "il" in text, words
            assert not {"\x1b", "\x07", "\x9b", "\u202e"}.intersection(text), words
