"""From bytes to text: which encoding, and what is not text at all."""

from __future__ import annotations

import codecs

from store.imports.errors import ImportOptionError, UnreadableFileError

#: how many of the first characters are looked at for signs of something that is not text
SAMPLE = 100_000
#: control characters above both this number and this share of the sample: the file is something else than text
MAX_CONTROLS = 20
MAX_CONTROL_SHARE = 0.05

_MARKS = (
    # UTF-32 first: its little-endian mark starts with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (
    (b"PK\x03\x04", "an Excel workbook or another zip file: leave --format out to let it be found"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook: save it as .xlsx or CSV first"),
    (b"%PDF", "a PDF: export the backlog as CSV instead"),
    (b"SQLite format 3", "a database, perhaps a makeroom workspace: open that one with --db"),
    (b"\x1f\x8b", "compressed: unpack it first"),
)


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, list[str]]:
    """The text in ``data`` and notes on what was assumed. A byte order mark decides, then UTF-8, then Windows-1252.

    Raises :class:`UnreadableFileError` for what is not text, :class:`ImportOptionError` for an unknown ``encoding``.
    """
    if not data.strip():
        raise UnreadableFileError(f"{name} is empty.")
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableFileError(f"{name} is {what}.")
    notes: list[str] = []
    text = _as_named(data, name, encoding) if encoding else _as_found(data, name, notes)
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise UnreadableFileError(
            f"{name} holds NUL characters (the first in line {text.count(chr(10), 0, text.index(chr(0))) + 1}), "
            f"so it is not plain text. If it is UTF-16, add --encoding {_utf16(data)}."
        )
    sample = text[:SAMPLE]
    # Escape sequences appear in real titles, and are cleaned there.
    odd = sum(character < " " and character not in "\t\n\r\x0b\x0c\x1b" for character in sample)
    if odd > MAX_CONTROLS and odd > MAX_CONTROL_SHARE * len(sample):
        raise UnreadableFileError(f"{name} is not text: {odd} of its first {len(sample)} characters are control codes.")
    if not text.strip():
        raise UnreadableFileError(f"{name} is empty.")
    if notes and (line := _mixed(data)):
        raise UnreadableFileError(
            f"{name} mixes encodings: line {line} is not UTF-8, and other lines are. Save it in one of them, "
            "or add --encoding cp1252 to read all of it as Windows-1252."
        )
    return text, notes


def encoding_of(data: bytes) -> str:
    """The encoding in which text that could be decoded without naming one was read, as people call it."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return marked.upper().removesuffix("-SIG")
    for encoding, name in (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return name
    return "Latin-1"


def _utf16(data: bytes) -> str:
    """The order of UTF-16's bytes that is likelier: which of each pair is more often 0, as of ASCII letters."""
    sample = data[:SAMPLE]
    return "utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"


def _mixed(data: bytes) -> int:
    """The first line that is not UTF-8 in a text of which other lines are, beyond ASCII; 0 if it is no such text."""
    first, others = 0, False
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            others = True
        except UnicodeDecodeError:
            first = first or number
        if first and others:
            return first
    return 0


def _as_named(data: bytes, name: str, encoding: str) -> str:
    """Decoded as the user said."""
    try:
        text = data.decode(encoding)
        # Some codecs let half characters through, which no database or terminal can take.
        text.encode("utf-8")
    except LookupError:
        raise ImportOptionError(f"There is no encoding {encoding[:40]!r}; try utf-8, cp1252 or utf-16.") from None
    except ValueError:
        raise UnreadableFileError(f"{name} is not {encoding[:40]}; leave --encoding out to let it be found.") from None
    return text


def _as_found(data: bytes, name: str, notes: list[str]) -> str:
    """Decoded as its first bytes say, else as UTF-8, else as Windows-1252 or Latin-1 with a note."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(marked)
            except ValueError:
                raise UnreadableFileError(f"{name} begins like {marked[:6].upper()} text but is damaged.") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text, used = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, used = data.decode("latin-1"), "Latin-1"
    notes.append(f"{name} is not UTF-8 and was read as {used}; if letters look wrong, add --encoding NAME.")
    return text
