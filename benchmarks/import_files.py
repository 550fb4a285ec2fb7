"""Large files of formats that hold the same as a plain table, for `imports.py`."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

#: What titles and notes are made of.
WORDS = [
    "audit",
    "log",
    "export",
    "price",
    "login",
    "search",
    "page",
    "slow",
    "token",
    "refresh",
    "retry",
    "queue",
    "mobile",
    "invoice",
    "tax",
    "chart",
]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_workbook(path: Path, table: Path) -> None:
    """The workbook that Excel makes of a table in CSV: every text once, in its shared strings."""
    shared: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, table.open(newline="", encoding="utf-8") as file:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for at, cells in enumerate(csv.reader(file), start=1):
                drawn = []
                for place, cell in enumerate(cells):
                    where = f'r="{chr(65 + place)}{at}"'
                    if cell.isdecimal():
                        drawn.append(f"<c {where}><v>{cell}</v></c>")
                    else:
                        drawn.append(f'<c {where} t="s"><v>{shared.setdefault(cell, len(shared))}</v></c>')
                sheet.write(f'<row r="{at}">{"".join(drawn)}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w") as strings:
            strings.write(f'<sst xmlns="{_MAIN}">'.encode())
            for text in shared:
                strings.write(f"<si><t>{escape(text)}</t></si>".encode())
            strings.write(b"</sst>")
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Default Extension="xml" ContentType="{_KIND}.sheet.main+xml"/></Types>',
        )
        archive.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml")))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Backlog" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
        )


def _relations(*targets: tuple[str, str]) -> str:
    rows = (
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(rows)}</Relationships>'


def write_issues(path: Path, table: Path) -> None:
    """GitHub's issues, as `gh issue list --json` gives them, of the rows of a table in CSV."""
    with table.open(newline="", encoding="utf-8") as file, path.open("w", encoding="utf-8") as issues:
        issues.write("[")
        for at, row in enumerate(csv.DictReader(file), start=1):
            issue = {
                "number": at,
                "title": row["title"],
                "body": row["description"],
                "state": "OPEN",
                "labels": [{"name": row["labels"]}],
                "assignees": [{"login": row["owner"]}],
                "url": f"https://github.com/tally/port/issues/{at}",
            }
            issues.write(("," if at > 1 else "") + json.dumps(issue))
        issues.write("]")
