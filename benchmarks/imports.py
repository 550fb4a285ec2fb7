"""A large backlog comes in: time beside sqlite-utils and beside csv with executemany, memory beside the file's size.

    python benchmarks/imports.py [--issues N] [--rows N] [--runs N] [--smoke]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILED = tempfile.TemporaryDirectory()
sys.path.insert(0, str(ROOT))

from benchmarks.import_files import WORDS, write_issues, write_workbook  # noqa: E402

#: reads the peak from inside: what a parent learns of its children is the largest of all of them
MAKEROOM = (
    "import resource, sys\n"
    "from tui.cli import main\n"
    "code = main(sys.argv[1:])\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    "sys.exit(code)\n"
)
SQLITE_UTILS = "import sys\nfrom sqlite_utils.cli import cli\ncli(sys.argv[1:])\n"
#: what it takes to read a table and write it as it stands: no types, no checks, no journal
EXECUTEMANY = (
    "import csv, sqlite3, sys\n"
    "db, path = sys.argv[1:]\n"
    "with open(path, newline='', encoding='utf-8') as file, sqlite3.connect(db) as connection:\n"
    "    rows = csv.reader(file)\n"
    "    width = len(next(rows))\n"
    "    connection.execute(f\"CREATE TABLE t ({', '.join(f'c{at}' for at in range(width))})\")\n"
    "    connection.executemany(f\"INSERT INTO t VALUES ({', '.join('?' * width)})\", rows)\n"
)
ONE = ("Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Project name", "Project type",
       "Project lead", "Project url", "Priority", "Resolution", "Assignee", "Assignee Id", "Reporter", "Reporter Id",
       "Creator", "Created", "Updated", "Last Viewed", "Resolved", "Due date", "Votes", "Description", "Environment",
       "Watchers", "Original estimate", "Remaining Estimate", "Time Spent", "Work Ratio", "Security Level",
       "Inward issue link (Blocks)", "Outward issue link (Blocks)", "Custom field (Story Points)",
       "Custom field (Team)", "Custom field (Rank)", "Custom field (Start date)", "Parent", "Parent key",
       "Parent summary", "Status Category")  # fmt: skip
MANY = ("Labels", "Labels", "Labels", "Component/s", "Component/s", "Sprint", "Sprint", "Fix Version/s", "Attachment",
        "Attachment", "Comment", "Comment", "Comment")  # fmt: skip

NARROW = ("Issue key", "Summary", "Issue Type", "Status", "Priority", "Assignee", "Reporter", "Created", "Updated",
          "Due date", "Labels", "Component/s", "Story Points", "Team", "Description")  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One process: processor time in seconds, and the most memory at once in bytes (0: not asked)."""

    seconds: float
    peak: int = 0


def write_jira(path: Path, issues: int) -> None:
    """A Jira export of this many issues."""
    rng = random.Random(7)

    def text(words: int) -> str:
        return " ".join(rng.choices(WORDS, k=words))

    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow((*ONE, *MANY))
        for at in range(1, issues + 1):
            row = dict.fromkeys(ONE, "") | {
                "Summary": text(6), "Issue key": f"PAY-{at}", "Issue id": str(10_000 + at), "Status": "To Do",
                "Issue Type": rng.choice(("Story", "Bug", "Task")), "Project key": "PAY", "Project name": "Payments",
                "Project type": "software", "Project lead": "Ada Lane", "Priority": rng.choice(("High", "Low")),
                "Assignee": "Ada Lane", "Assignee Id": "5f0123456789", "Reporter": "Bo", "Reporter Id": "5f0987654321",
                "Creator": "Bo", "Created": "02/Jan/26 9:12 AM", "Updated": "03/Jan/26 9:12 AM", "Votes": "0",
                "Due date": "12/Mar/26 12:00 AM" if at % 5 == 0 else "", "Description": text(80), "Work Ratio": "0%",
                "Original estimate": str(3600 * rng.randint(1, 80)) if at % 3 else "",
                "Custom field (Story Points)": "" if at % 3 else str(rng.choice((1, 2, 3, 5, 8))),
                "Custom field (Team)": "Pay", "Custom field (Rank)": f"0|i{at:05x}:", "Status Category": "To Do",
                "Inward issue link (Blocks)": f"PAY-{at - 1}" if at % 10 == 1 and at > 1 else "",
            }  # fmt: skip
            many = (rng.choice(WORDS), "", "", "Pay", "", "Sprint 1", "", "", "", "", f"Bo;{text(20)}", text(12), "")
            writer.writerow((*row.values(), *many))


def write_narrow(path: Path, issues: int) -> None:
    """A Jira export of 15 columns, as a person chooses them."""
    rng = random.Random(9)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(NARROW)
        for at in range(1, issues + 1):
            title, note = (" ".join(rng.choices(WORDS, k=words)) for words in (7, 20))
            due = "12/Mar/26 12:00 AM" if at % 5 == 0 else ""
            points = str(rng.choice((1, 2, 3, 5, 8))) if at % 7 else ""
            kind, priority = rng.choice(("Story", "Bug", "Task")), rng.choice(("High", "Medium", "Low"))
            owner, team = rng.choice(("Ada Lane", "Bo Li", "Cy Young")), rng.choice(("Pay", "Web", "Ops"))
            writer.writerow((f"PAY-{at}", title, kind, "To Do", priority, owner, "Bo", "02/Jan/26 9:12 AM",
                             "03/Jan/26 9:12 AM", due, rng.choice(WORDS), rng.choice(("Pay", "Web")), points, team,
                             note))  # fmt: skip


def write_plain(path: Path, rows: int) -> None:
    """A plain table of this many rows."""
    rng = random.Random(8)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("key", "title", "days", "type", "labels", "owner", "description"))
        for at in range(rows):
            title, note = (" ".join(rng.choices(WORDS, k=words)) for words in (7, 40))
            writer.writerow((f"A-{at}", title, at % 13 + 1, "Bug", "web", "Ada Lane", note))


def run(program: str, *arguments: str | Path) -> Run:
    """One process of its own; exits where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # As after an installation, each has its modules compiled from its second run on.
    environ = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": ""}
    environ["PYTHONPYCACHEPREFIX"] = str(COMPILED.name)
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr or done.stdout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    last = done.stdout.rstrip().rpartition("\n")[2]
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, int(last) * 1024 if last.isdigit() else 0)


def main() -> None:
    """Print times and memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, default=23_000, metavar="N", help="issues of the Jira export (23,000)")
    parser.add_argument("--rows", type=int, default=100_000, metavar="N", help="rows of the plain file (100,000)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="the best of N runs counts (3)")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    if chosen.smoke:
        chosen.issues, chosen.rows, chosen.runs = 30, 30, 1
    with tempfile.TemporaryDirectory() as folder:
        names = ("jira.csv", "narrow.csv", "plain.csv", "small.csv", "book.xlsx", "issues.json")
        jira, narrow, plain, small, book, issues = (Path(folder, name) for name in names)
        write_jira(jira, chosen.issues)
        write_narrow(narrow, chosen.issues)
        write_plain(plain, chosen.rows)
        write_plain(small, 1)
        databases = (Path(folder, f"{at}.db") for at in range(10_000))

        def take(file: Path, db: Path | None = None) -> Run:
            rates = ("--points-per-week", "8", "--hours-per-week", "32")
            return run(MAKEROOM, "--db", db or next(databases), "import", file, *rates)

        def beside(file: Path) -> tuple[float, float]:
            """Seconds of sqlite-utils, and of reading and writing the file plainly."""
            return (
                run(SQLITE_UTILS, "insert", next(databases), "t", file, "--csv").seconds,
                run(EXECUTEMANY, next(databases), file).seconds,
            )

        theirs, ours, again = [], [], []
        for _ in range(max(1, chosen.runs)):
            theirs.append(beside(jira))
            db = next(databases)
            ours.append(take(jira, db))
            again.append(run(MAKEROOM, "--db", db, "import", jira))
        few = [(beside(narrow), take(narrow)) for _ in range(max(1, chosen.runs))]
        base = min(take(small).peak for _ in range(min(2, chosen.runs)))
        wide = tuple(map(min, zip(*(beside(plain) for _ in range(max(1, chosen.runs))), strict=True)))
        large = [(plain, f"import of {chosen.rows:,} rows", take(plain))]
        for path, write, what in ((book, write_workbook, "as a workbook"), (issues, write_issues, "as JSON of issues")):
            write(path, plain)
            large.append((path, what, take(path)))
        utils, plainly = map(min, zip(*theirs, strict=True))
        print(f"{'':>34}  {'file':>8}  {'time':>7}  {'x':>5}  {'memory':>8}  {'x file':>6}")
        print(f"{'sqlite-utils insert --csv':>34}  {size(jira):5.1f} MB  {utils:5.1f} s  {1:5.2f}")
        print(f"{'csv and executemany':>34}  {size(jira):5.1f} MB  {plainly:5.1f} s  {plainly / utils:5.2f}")
        best = min(each.seconds for each in ours)
        show(f"import of {chosen.issues:,} issues", jira, Run(best, max(each.peak for each in ours)), base, utils)
        best = min(each.seconds for each in again)
        show("again", jira, Run(best, max(each.peak for each in again)), base, utils)
        utils = min(found[0] for found, _ in few)
        print(f"{'sqlite-utils insert --csv':>34}  {size(narrow):5.1f} MB  {utils:5.1f} s  {1:5.2f}")
        best = Run(min(found.seconds for _, found in few), max(found.peak for _, found in few))
        show(f"{chosen.issues:,} issues of 15 columns", narrow, best, base, utils)
        for what, seconds in zip(("sqlite-utils insert --csv", "csv and executemany"), wide, strict=True):
            print(f"{what:>34}  {size(plain):5.1f} MB  {seconds:5.1f} s  {seconds / wide[0]:5.2f}")
        for path, what, found in large:
            show(what, path, found, base, wide[0] if path == plain else None)


def show(what: str, file: Path, found: Run, base: int, beside: float | None) -> None:
    """One line of the table."""
    ratio = f"{found.seconds / beside:5.2f}" if beside else "     "
    memory = (found.peak - base) / 1e6
    times = f"{found.seconds:5.1f} s  {ratio}"
    print(f"{what:>34}  {size(file):5.1f} MB  {times}  {memory:5.0f} MB  {memory / size(file):6.1f}")


def size(file: Path) -> float:
    """Megabytes."""
    return file.stat().st_size / 1e6


if __name__ == "__main__":
    main()
