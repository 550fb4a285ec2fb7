"""Files that no import can take: name -> (what is in it, words of the sentence that is said of it)."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.store.imports.workbooks import packed, parts_of, rows_of

DATA = Path(__file__).parent.parent.parent / "data"
BACKLOG = [["Key", "Title", "Days"], ["A-1", "Audit log", 5], ["A-2", "Export", 2]]
#: What takes long to pack is packed where it is asked for.
Case = tuple[bytes | Callable[[], bytes], str]


def sheet(rows: str, shared: str = "", **changes: "str | bytes | None") -> bytes:
    """A workbook with these rows, and other parts in place of some."""
    parts: dict[str, str | bytes | None] = {**parts_of({"B": rows}, shared), **changes}
    return packed({name: part for name, part in parts.items() if part is not None})


def text_cases() -> dict[str, Case]:
    """Delimited text."""
    jira = (DATA / "imports" / "jira_all_fields.csv").read_bytes()
    quote = jira.index(b'"02/Jan')
    cases: dict[str, Case] = {
        "nothing": (b"", "is empty"),
        "blanks": (b" \r\n\t\n", "is empty"),
        "a mark alone": (b"\xef\xbb\xbf", "is empty"),
        "commas alone": (b",,,\n,,\n", "is empty"),
        "NUL": (b"title\nA\nB\0C\n", "line 3"),
        "NULs at the end": (b"title\nA\n" + b"\0" * 4096, "line 3"),
        "UTF-16 without its mark": ("title\nAudit\n".encode("utf-16-le"), "utf-16-le"),
        "UTF-16 the other way": ("title\nAudit\n".encode("utf-16-be"), "utf-16-be"),
        "half a UTF-16 character": ("\ufefftitle\nA\n".encode("utf-16-le")[:-1], "damaged"),
        "UTF-32 that is none": (b"\xff\xfe\0\0title", "damaged"),
        "mixed encodings": ("title\nGrün\n".encode() + "Blau und Gr\xfcn\n".encode("cp1252"), "line 3 is not UTF-8"),
        "mixed the other way": ("title\nGr\xfcn\n".encode("cp1252") + "Grün\n".encode(), "line 2 is not UTF-8"),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 32)) * 40, "is not text"),
        "a PDF": (b"%PDF-1.7\n1 0 obj", "PDF"),
        "a database": (b"SQLite format 3\0" + b"\0" * 100, "database"),
        "gzip": (b"\x1f\x8b\x08\0rest", "compressed"),
        "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old Excel workbook"),
        "no header": (b"5,Fix login\n6,Export\n", "No column looks like a title"),
        "no column of ours": (b"foo;bar\n1;2\n", '"foo", "bar"'),
        "a number of nobody knows what": (b"title,estimate\nA,5\n", "does not say what its numbers count"),
        "ranges in two units": (b"title,low (days),high (hours)\nA,1,2\n", "different units"),
        "points without a rate": (b"title,points\nA,5\n", "--points-per-week"),
        "a million columns": (b"title" + b"," * 1_000_000 + b"\nA\n", "line 1 has 1,000,001 cells"),
        "a million columns below": (b"title\nA\n" + b"x," * 1_000_000, "line 3 has 1,000,001 cells"),
        "too many rows": (b"title\n" + b"A\n" * 100_001, "at most 100,000 rows"),
        "a cell of a million characters": (b"title\n" + b"x" * 1_000_001, "a cell near line 2"),
        "a line of fifty megabytes": (b"title,days\nA,1\n" + b"x" * 49_999_900 + b"\n", "a cell near line 3"),
        "quotes alone": (b'"""', "never closed"),
        "a quote that opens": (b'title,days\nA,1\n"B,2\nC,3\n', "near line 3 is never closed"),
        "a quote that opens among wild ones": (b'title\n"a"a\n"b\nc\n', "never closed"),
    }
    for at in (1, 5, 12, 20):
        cases[f"cut in a quoted cell, {at} on"] = (jira[: quote + at], "near line 3 is never closed")
    return cases


def json_cases() -> dict[str, Case]:
    """GitHub's and Trello's JSON."""
    github = (DATA / "imports" / "github_issues.json").read_bytes()
    trello = (DATA / "imports" / "trello.json").read_bytes()
    cases: dict[str, Case] = {
        "GitHub: no issues": (b"[]", "holds no issues"),
        "GitHub: nothing but pull requests": (b'[{"number": 1, "title": "x", "pull_request": {}}]', "holds no issues"),
        "GitHub: numbers": (b'[{"number": 1, "title": "x"},\n2]', "line 2: an issue should be an object"),
        "GitHub: a comma too many": (b'[{"number": 1, "title": "x"},\n]', "near line 2"),
        "GitHub: text after its end": (
            b'[{"number": 1, "title": "x"}]\n{}',
            "more text follows after its end",
        ),
        "GitHub: single quotes": (b"[{'number': 1}]", "expecting property name"),
        "GitHub: NUL": (b'[{"number": 1, "title": "a\0b"}]', "NUL"),
        "GitHub: a control character": (b'[{"number": 1,\n"title": "a\x01b"}]', "near line 2"),
        "GitHub: a number of 10,000 digits": (b'[{"number": ' + b"9" * 10_000 + b"}]", "too long"),
        "GitHub: deep": (b'[{"number": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "nested too deeply"),
        "GitHub: deep objects": (b'[{"a": ' + b'{"a":' * 100_000, "nested too deeply"),
        "GitHub: not UTF-8": (
            b'[{"number": 1, "title": "\xe2\x82"}, {"title": "\xc3\xa9"}]\n\xc3\xa9',
            "mixes encodings",
        ),
        "GitHub: a field of its own for each": (
            json.dumps({"items": [{f"f{at}": 1, "content": {"title": "x"}} for at in range(6_000)]}).encode(),
            "6,012 different fields",
        ),
        "Trello: no cards": (b'{"idOrganization": "o", "prefs": {}, "lists": []}', "no cards in it"),
        "Trello: cards that are none": (b'{"idOrganization": "o", "prefs": {}, "cards": 5}', "no cards in it"),
        "Trello: a name without quotes": (b'{"idOrganization": "o", "prefs": {}, cards: []}', "a name in quotes"),
        "Trello: a colon missing": (b'{"idOrganization": "o",\n"cards" []}', "':' is missing, near line 2"),
    }
    for name, data in (("GitHub", github), ("Trello", trello)):
        for part in (0.3, 0.5, 0.7, 0.9, 0.999):
            cases[f"{name}: cut at {part:.1%}"] = (data[: int(len(data) * part)].rstrip(), "is not valid JSON: ")
    return cases


def workbook_cases() -> dict[str, Case]:
    """Excel workbooks."""
    rows = rows_of(BACKLOG)
    sound = sheet(rows)
    broken = "is not a"

    def bomb(name: str) -> Callable[[], bytes]:
        return lambda: sheet(
            rows, **{name: b"<worksheet><sheetData>" + b" " * 300_000_000 + b"</sheetData></worksheet>"}
        )

    def lying() -> bytes:
        data = bytearray(sheet(rows, **{"xl/worksheets/sheet1.xml": b"<sheetData>" + b" " * 20_000_000}))
        _say_small(data)
        return bytes(data)

    many = [f"xl/{at}.xml" for at in range(2_001)]
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    locked = bytearray(sound)
    for at in range(len(locked) - 4):
        if locked[at : at + 4] == b"PK\x01\x02":
            locked[at + 8] |= 1
    cases: dict[str, Case] = {
        "workbook: the first bytes alone": (b"PK\x03\x04", broken),
        "workbook: a zip of something": (packed({"a.txt": "hello"}), "a zip file, no Excel workbook"),
        "workbook: an empty zip": (b"PK\x05\x06" + b"\0" * 18, "NUL"),
        "workbook: OpenDocument": (packed({"content.xml": "<x/>"}), "an OpenDocument file"),
        "workbook: locked": (bytes(locked), "password"),
        "workbook: bzip2": (packed(dict(parts_of({"B": rows})), zipfile.ZIP_BZIP2), "packed in a way"),
        "workbook: a bomb": (bomb("xl/worksheets/sheet1.xml"), "unpacks to far more than it holds"),
        "workbook: a bomb beside the sheet": (bomb("xl/media/a.bin"), "unpacks to far more"),
        "workbook: a bomb that calls itself small": (lying, "unpacks to far more than it holds"),
        "workbook: one tag that says forty thousand times what it is": (sheet(' t="s"' * 40_000), "is empty"),
        "workbook: cells that only begin": (sheet("<c" + ' t="s"' * 40_000), "is not a valid Excel workbook"),
        "workbook: thousands of parts": (sheet(rows, **dict.fromkeys(many, "")), "parts in it"),
        "workbook: no sheets": (packed(dict(parts_of({}))), "has no sheets"),
        "workbook: an empty sheet": (sheet(""), "is empty"),
        "workbook: nothing but blanks": (sheet(rows_of([[" "], ["\t"]])), "is empty"),
        "workbook: its list of sheets is missing": (sheet(rows, **{"xl/workbook.xml": None}), "has no sheets"),
        "workbook: its sheet is missing": (sheet(rows, **{"xl/worksheets/sheet1.xml": None}), "its sheet B is missing"),
        "workbook: a sheet that is no XML": (sheet(rows, **{"xl/worksheets/sheet1.xml": "title,days"}), "is "),
        "workbook: a sheet cut short": (sheet(rows, **{"xl/worksheets/sheet1.xml": parts_of({"B": rows})[
            "xl/worksheets/sheet1.xml"][:200]}), broken),
        "workbook: a cell at the end of the world": (sheet(rows + '<row r="1048576"><c r="XFD1048576"/></row>'),
            "as far as row 1,048,576 and column 16,384"),
        "workbook: a row beyond all": (sheet(rows + '<row r="99999999999"><c r="A99999999999"/></row>'),
            "too large a table"),
        "workbook: a million columns": (sheet('<row r="1"><c r="BDWGO1"><v>1</v></c><c r="BDWGO9"/></row>' + rows),
            "row 1 has 1,000,001 cells"),
        "workbook: ten thousand columns": (sheet('<row r="1"><c r="A1"><v>1</v></c><c r="NTQ1"><v>1</v></c></row>'),
            "row 1 has 10,001 cells"),
        "workbook: one long text a thousand times": (sheet("".join(
            f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 1_001)),
            f"<si><t>{'x' * 300_000}</t></si>"), "300 million characters"),
        "workbook: no title": (sheet(rows_of([["foo", "bar"], [1, 2]])), "No column looks like a title"),
        "workbook: an entity from outside": (sheet(rows, **{"xl/workbook.xml": entity + parts_of({"B": rows})[
            "xl/workbook.xml"].replace('"B"', '"&a;"')}), broken),
        "workbook: entities within entities": (sheet(rows, **{"xl/workbook.xml": laughs + parts_of({"B": rows})[
            "xl/workbook.xml"].replace('"B"', '"&b;"')}), broken),
    }  # fmt: skip
    for part in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        cases[f"workbook: cut at {part:.0%}"] = (sound[: int(len(sound) * part)], "broken or cut short")
    place = next(part for part in zipfile.ZipFile(io.BytesIO(sound)).infolist() if "sheet1" in part.filename)
    start = place.header_offset + 30 + len(place.filename)
    for at in range(12):
        # Each part has a check sum.
        spoilt = bytearray(sound)
        here = start + at * (place.compress_size - 8) // 12
        spoilt[here : here + 8] = b"\xa5" * 8
        cases[f"workbook: spoilt in place {at}"] = (bytes(spoilt), broken)
    return cases


def _say_small(data: bytearray) -> None:
    """Let an archive say of each of its parts that it has 10 bytes."""
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark)
        while at >= 0:
            data[at + place : at + place + 4] = (10).to_bytes(4, "little")
            at = data.find(mark, at + 4)


CASES = {**text_cases(), **json_cases(), **workbook_cases()}


def case(name: str) -> tuple[bytes, str]:
    """One of them, packed."""
    data, words = CASES[name]
    return (data() if callable(data) else data), words
