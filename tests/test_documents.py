"""Every ``makeroom`` line in the shell blocks of README.md and docs/ runs in an empty home, in the order of the page.

A line that ends with "exit code 1" in its comment has to end so, all others with 0. About ten seconds.
"""

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.cli import main
from tui.cli.arguments import parser

ROOT = Path(__file__).resolve().parents[1]
PAGES = {path.name: path for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))}
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)

#: Not run here, with the reason; their arguments are read by the parser all the same.
NOT_RUN = {
    "makeroom serve": "serves until it is told to end: tests/tui/web/test_serve.py does that",
    "makeroom --db team.db serve --read-only": "serves until it is told to end",
    "makeroom serve --read-only": "serves until it is told to end",
    "makeroom demo": "in the line that sets up an environment, which .ci/run runs as it stands",
}
#: Open the board, which is opened in a real terminal by other tests: here, up to that.
BOARD = {"makeroom", "makeroom follow", "makeroom follow Ana"}

TITLES = ("EDI feed", "Rates page", "Faster search", "Quota per tenant", "Bulk export", "Dark mode", "Webhook retries")
#: The last are small, so that there is little room once the plan is filled.
BACKLOG = "key,title,weeks,type\n" + "".join(
    [f"A-{number},{title},{5 + number % 3},feature\n" for number, title in enumerate(TITLES, 1)]
    + [f"B-{number},Small thing {number},1,feature\n" for number in range(20)]
)
FILES = {
    "backlog.csv": BACKLOG,
    "people.csv": "name,team,start,end,share\nAna,Pay,,,100%\nInes,Pay,,,50%\n",
    "accounts.csv": "Account Name,ARR,Renewal Date\nNordlys AS,120000,2027-05-01\n",
    "done.csv": "key,title,type,label,created,resolved,days\n"
    + "".join(
        f"D-{at},Done thing {at},{('bug', 'story')[at % 2]},{('escalation', '')[at % 3 > 0]},2026-0{at % 9 + 1}-03,"
        f"2026-0{at % 9 + 1}-20,5\n"
        for at in range(20)
    ),
    "finished.csv": "quarter,team,estimate,actual\n"
    + "".join(f"2026Q{quarter},Pay,{weeks},{weeks + 1}\n" for quarter in (1, 2, 3) for weeks in (2, 3, 4, 5)),
    "leave.ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//a//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20270201\r\nDTEND;VALUE=DATE:20270206\r\nSUMMARY:Leave\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n",
}
PLANNED = ("import backlog.csv --team Pay=60", "fill", "baseline")
PEOPLE = ("import backlog.csv --team Pay=30", "import-people people.csv")
ASKED = "add 'Acme audit log ~3-4-6.5 #oneoff >Acme $480k@60% by:sales-east'"
#: What a page takes for granted before its first line, or before one of its lines.
BEFORE = {
    "README.md": (),
    "meeting.md": PLANNED,
    "reports.md": PLANNED,
    "practice.md": PLANNED,
    "makeroom report quarter": ("close --as-estimated --yes",),
    "makeroom import-people leave.ics --person Ana": ("import-people people.csv",),
    "capacity.md": PEOPLE,
    "exports.md": (*PLANNED, ASKED),
    "memos.md": (*PLANNED, ASKED, "trade 'Acme audit log' --swap 1 --by Ana --because audit"),
    "scenarios.md": (*PLANNED, ASKED),
    "makeroom trade 'Acme audit log' --way pilot --field size=1-1.2-2 --field customers=4 "
    "--field test='3 of 4 use it weekly'": ("undo", "drop 'Small thing 1'", "drop 'Small thing 2'"),
    "makeroom trade 'Acme audit log' --way decline --field principle='No forks' --by 'Jo Field'": (
        "undo",
        "charter principle 'No forks'",
    ),
    "makeroom trade 'Acme audit log' --out 'EDI feed=partner' --field who='Nordlys AS' --field size=0.5 --by Jo "
    "--because 'they can'": ("undo",),
}


def commands(page: Path) -> Iterator[tuple[str, bool]]:
    """Each command without its comment, and whether that says that it ends with 1."""
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            for part in line.split(" && "):
                command, _, comment = part.partition("  #")
                word = command.strip().removeprefix(".venv/bin/")
                if word.split(" ")[0] == "makeroom":
                    yield word, "exit code 1" in comment


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, with the files that the pages speak of."""
    import tui.app.run

    for name in ("MAKEROOM_DB", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    # Something draws, as a terminal would.
    monkeypatch.setenv("TEXTUAL_DRIVER", "nobody looks")
    monkeypatch.setattr(tui.app.run, "run_board", lambda *given, **more: 0)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for folder in (".config/fish/completions", ".local/share/bash-completion/completions", "functions"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def run(command: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and what was complained of; a file behind ``>`` gets what was said."""
    # The day on which a page has its meeting is the day on which this one is held.
    said, _, target = command.replace("2026-11-21", datetime.now(UTC).astimezone().date().isoformat()).partition(" > ")
    words = [str(Path(word).expanduser()) if word.startswith("~") else word for word in shlex.split(said)]
    capfd.readouterr()
    code = main(words[1:])
    out, complained = capfd.readouterr()
    if target:
        path = Path(shlex.split(target.replace("${fpath[1]}", "functions"))[0]).expanduser()
        path.write_text(out, encoding="utf-8")
        assert out
    return code, complained


@pytest.mark.parametrize("name", [name for name, path in PAGES.items() if any(commands(path))])
def test_the_lines_of_a_page_run_as_they_stand(name: str, home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for words in BEFORE.get(name, ()):
        assert run(f"makeroom {words}", capfd)[0] in (0, 1), words
    for command, differs in commands(PAGES[name]):
        if command in NOT_RUN:
            parser(words := shlex.split(command)[1:]).parse_args(words)
            continue
        for words in BEFORE.get(command, ()):
            assert run(f"makeroom {words}", capfd)[0] == 0, words
        code, complained = run(command, capfd)
        assert code == differs, (command, code, complained)


def test_the_tables_name_lines_that_are_there() -> None:
    there = {command for path in PAGES.values() for command, _ in commands(path)} | PAGES.keys()
    assert (NOT_RUN.keys() | BEFORE.keys()) - there == set()


def test_the_files_that_a_page_points_to_are_there() -> None:
    root = Path(__file__).resolve().parents[1]
    there = [
        path.relative_to(root).as_posix()
        for room in ("tui", "scenarios", "store", "tests", "benchmarks")
        for path in (root / room).rglob("*.py")
    ]
    named = {
        (page.name, file)
        for page in (root / "docs").glob("*.md")
        for file in re.findall(r"`([a-z_/]+\.py)`", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 15
    assert {each for each in named if not any(f"/{path}".endswith(f"/{each[1]}") for path in there)} == set()
