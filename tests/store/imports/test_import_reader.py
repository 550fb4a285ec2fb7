"""Files of every kind become a table or a sentence."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.common.errors import StoreError
from store.imports import delimited
from store.imports.errors import ImportOptionError, UnreadableFileError
from store.imports.reader import parse_table, read_table

DATA = Path(__file__).parent.parent.parent / "data"


class TestReads:
    def test_jira_export(self) -> None:
        """A mark, repeated names, quoted line ends, and the lines on which rows start."""
        table = read_table(DATA / "jira_export.csv")
        assert table.header[0] == "Summary"
        assert table.header.count("Labels") == 3
        assert [row.line for row in table.rows] == [2, 6, 7, 8, 9, 10]
        assert table.rows[0].cells[15] == 'Who did what,\r\nand when.\r\n\r\n"Everything" is kept.'
        assert table.notes == ()

    def test_latin_1_with_semicolons(self) -> None:
        table = read_table(DATA / "semicolon_latin1.csv")
        assert table.delimiter == ";"
        assert table.rows[0].cells[1] == "Größere Schrift"
        assert "Windows-1252" in table.notes[0]

    def test_utf_16_with_tabs(self) -> None:
        table = read_table(DATA / "utf16.csv")
        assert table.header == ("Key", "Title", "Points")
        assert table.rows[1].cells == ("A-2", "مرحبا", "5")

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_delimiters(self, delimiter: str) -> None:
        lines = [["title", "size", "note"], ["A, b; c", "1", "x"], ["d", "2", "y | z"]]
        text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
        assert parse_table(text.encode(), "f.csv").rows[0].cells == ("A, b; c", "1", "x")

    def test_a_list_of_titles_is_one_column(self) -> None:
        table = parse_table(b"title\nFix login, then logout\nExport; import\n", "f.csv")
        assert [row.cells[0] for row in table.rows] == ["Fix login", "Export; import"]
        assert list(parse_table(b"title\n", "f.csv").rows) == []

    def test_ragged_rows_and_blank_lines(self) -> None:
        table = parse_table(b"a,b,c\n\n1\n1,2,3,4\n , ,\n", "f.csv")
        assert [(row.line, len(row.cells)) for row in table.rows] == [(3, 1), (4, 4)]

    def test_excel_says_its_delimiter(self) -> None:
        table = parse_table(b"sep=;\r\ntitle;days\r\nx;2\r\n", "f.csv")
        assert (table.header, table.rows[0].line) == (("title", "days"), 3)

    @pytest.mark.parametrize("data", [b"a,b\n1,2\n\n3,4\n", b'sep=;\r\na;b\r\n1;"x\ny"\r\n3;4\r\n'])
    def test_rows_too_large_to_keep_are_the_same(self, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        kept = parse_table(data, "f.csv")
        monkeypatch.setattr(delimited, "_ALWAYS_KEPT", -1_000)
        again = parse_table(data, "f.csv")
        assert isinstance(kept.rows, tuple)
        assert not isinstance(again.rows, tuple)
        assert list(again.rows) == list(kept.rows)
        assert (again.header, again.notes) == (kept.header, kept.notes)

    def test_quotes_that_are_not_doubled_are_taken_and_noted(self) -> None:
        table = parse_table(b'title,days\n"Fix "login" page",2\n5" disks,1\n', "f.csv")
        assert len(table.rows) == 2
        assert any("quotes" in note for note in table.notes)

    def test_ten_thousand_characters(self) -> None:
        assert len(parse_table(b"title\n" + b"x" * 10_000, "f.csv").rows[0].cells[0]) == 10_000


class TestRefuses:
    def refusal(self, data: bytes, **options: str) -> str:
        with pytest.raises(UnreadableFileError) as error:
            parse_table(data, "f.csv", **options)  # type: ignore[arg-type]
        return str(error.value)

    def test_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFileError, match="There is no file"):
            read_table(tmp_path / "none.csv")

    def test_folder(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFileError, match="is a folder"):
            read_table(tmp_path)

    def test_device_without_end(self) -> None:
        with pytest.raises(UnreadableFileError, match="not an ordinary file"):
            read_table(Path("/dev/zero"))

    def test_impossible_names(self) -> None:
        for name in ("a\0b.csv", "x" * 5000):
            with pytest.raises(UnreadableFileError):
                read_table(Path(name))

    def test_unreadable(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        (tmp_path / "f.csv").write_text("title\nx\n")
        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(UnreadableFileError, match="cannot be read: Permission denied"):
            read_table(tmp_path / "f.csv")

    def test_hundred_megabytes_are_not_even_opened(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        large = tmp_path / "large.csv"
        with large.open("wb") as file:
            file.truncate(100_000_000)
        monkeypatch.delattr(Path, "open")
        with pytest.raises(UnreadableFileError, match="100 MB; at most 50 MB"):
            read_table(large)

    @pytest.mark.parametrize("data", [b"", b"\n\n", b"  \r\n", b"\xef\xbb\xbf", "\n".encode("utf-16"), b",,,\n"])
    def test_empty(self, data: bytes) -> None:
        assert "empty" in self.refusal(data)

    def test_binary(self) -> None:
        assert "NUL" in self.refusal(b"title\nA\0B\n")
        assert "Excel" in self.refusal(b"PK\x03\x04rest")
        assert "PDF" in self.refusal(b"%PDF-1.7 rest")
        noise = bytes(byte for byte in random.Random(7).randbytes(5000) if byte)
        assert "not text" in self.refusal(noise)

    def test_utf_16_without_its_mark_says_how(self) -> None:
        data = "title\nx\n".encode("utf-16-le")
        assert "--encoding utf-16-le" in self.refusal(data)
        assert parse_table(data, "f.csv", encoding="utf-16-le").header == ("title",)

    def test_damaged_utf_16(self) -> None:
        assert "damaged" in self.refusal(b"\xff\xfet\x00i")

    def test_quote_that_is_never_closed(self) -> None:
        assert "line 3 is never closed" in self.refusal(b'title,days\na,1\n"b,2\nc,3\n')
        assert "never closed" in self.refusal(b'title,days\n"a"a,1\n"b,2\nc,3\n')

    def test_caps(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delimited, "MAX_ROWS", 3)
        monkeypatch.setattr(delimited, "MAX_COLUMNS", 4)
        monkeypatch.setattr(delimited, "MAX_CELL", 50)
        assert len(parse_table(b"a\n1\n2\n3\n", "f.csv").rows) == 3
        assert "too large a table" in self.refusal(b"a\n1\n2\n3\n4\n")
        assert "5 cells" in self.refusal(b"a,b,c,d,e\n")
        assert "near line 2" in self.refusal(b"a,b\n" + b"x" * 60 + b",1\n")

    def test_options_that_mean_nothing(self) -> None:
        for options in ({"delimiter": "ab"}, {"delimiter": ""}, {"delimiter": '"'}, {"encoding": "no-such"}):
            with pytest.raises(ImportOptionError):
                parse_table(b"title\nx\n", "f.csv", **options)  # type: ignore[arg-type]
        for encoding in ("rot13", "hex", "undefined"):
            with pytest.raises(StoreError):
                parse_table(b"title\nx\n", "f.csv", encoding=encoding)
        assert "is not ascii" in self.refusal("title\nü\n".encode(), encoding="ascii")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    with contextlib.suppress(StoreError):
        parse_table(data, "f.csv")


@given(st.text(alphabet='",;\t|\r\n ab"', max_size=200), st.sampled_from([None, ",", ";", "tab"]))
def test_any_mess_of_quotes_is_a_table_or_a_sentence(text: str, delimiter: str | None) -> None:
    with contextlib.suppress(StoreError):
        parse_table(text.encode(), "f.csv", delimiter=delimiter)
