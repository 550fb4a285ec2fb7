"""Excel workbooks made by hand, of as few parts as readers accept, so that tests can break each of them."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def parts_of(sheets: dict[str, str], shared: str = "") -> dict[str, str]:
    """The parts of a workbook whose sheets hold these rows of XML."""
    numbered = list(enumerate(sheets, start=1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="{escape(name)}" sheetId="{at}" r:id="r{at}"/>' for at, name in numbered)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        + "".join(
            f'<Relationship Id="r{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at, _ in numbered
        )
        + f'<Relationship Id="s" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        + f'<Relationship Id="t" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" '
        'applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
    }
    for at, (_, rows) in enumerate(sheets.items(), start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return parts


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def rows_of(table: list[list[object]]) -> str:
    """Rows of XML: text in place, numbers, True, a formula (text with =) with its saved value, a date as (serial,)."""
    lines = []
    for at, row in enumerate(table, start=1):
        cells = []
        for place, value in enumerate(row):
            where = f'r="{chr(65 + place)}{at}"'
            match value:
                case None:
                    continue
                case bool():
                    cells.append(f'<c {where} t="b"><v>{int(value)}</v></c>')
                case (serial,):
                    cells.append(f'<c {where} s="1"><v>{serial}</v></c>')
                case (formula, saved):
                    cells.append(f'<c {where} t="str"><f>{escape(formula)}</f><v>{escape(str(saved))}</v></c>')
                case str():
                    cells.append(f'<c {where} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
                case _:
                    cells.append(f"<c {where}><v>{value}</v></c>")
        lines.append(f'<row r="{at}">{"".join(cells)}</row>')
    return "".join(lines)


def workbook(**sheets: list[list[object]]) -> bytes:
    """A workbook with these sheets."""
    return packed(dict(parts_of({name: rows_of(table) for name, table in sheets.items()})))
