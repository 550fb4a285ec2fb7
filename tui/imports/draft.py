"""How a file is to be read, as somebody changes it step by step; a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from store.imports.columns import Field, field_named, simplified
from store.imports.errors import ImportOptionError
from store.imports.mappings import SourceMapping, mapping_of_text, mapping_text
from store.imports.options import Choice, ImportOptions, Mend, mends_of
from tui.dialogs.kept import Typed
from tui.flows.files import kept_path

Choices = Mapping[tuple[int, str], Choice]


@dataclass(frozen=True)
class ImportDraft:
    """A file and its mapping; ``name`` is that of the saved mapping it began with, empty for none.

    ``fresh`` says that nobody has said anything yet: then a saved mapping for such columns is taken by itself.
    """

    path: Path
    mapping: SourceMapping = field(default_factory=SourceMapping)
    name: str = ""
    fresh: bool = True

    @property
    def reads(self) -> tuple[object, ...]:
        """What the file's bytes are read by: where it stays the same, they need not be read again."""
        mapping = self.mapping
        return self.path, mapping.format, mapping.delimiter, mapping.encoding, mapping.sheet, mapping.header_line

    @property
    def options(self) -> ImportOptions:
        """How its rows are read."""
        return self.mapping.options

    @property
    def named(self) -> dict[Field, str]:
        """The columns that somebody named for a field; empty where none has it."""
        found: dict[Field, str] = {}
        for name, column in self.options.columns.items():
            try:
                found[field_named(name)] = column
            except ImportOptionError:
                # A field that there is not: said by the look at the file.
                continue
        return found

    def reading(self, **changes: str) -> ImportDraft:
        """The same with another format, delimiter, encoding or sheet; empty: found out. Mends were of other rows."""
        changed: SourceMapping = replace(self.mapping, **changes)  # type: ignore[arg-type]
        return replace(self, mapping=changed, fresh=False).with_options(mends={})

    def with_options(self, **changes: Any) -> ImportDraft:
        """The same with other options. Raises ImportOptionError for a rate that is none."""
        return replace(self, mapping=replace(self.mapping, options=replace(self.options, **changes)), fresh=False)

    def taken_as(self, column: str, now: Field | None, wanted: Field | None) -> ImportDraft:
        """The same with a column, which is taken for ``now``, taken for another field, or for none."""
        columns: dict[str, str] = {
            each: name for each, name in self.named.items() if simplified(name) != simplified(column) or not name
        }
        ignored = [name for name in self.options.ignored if simplified(name) != simplified(column)]
        if wanted is not None:
            columns[wanted] = column
        else:
            # Its name alone would make it the same again, or something else.
            ignored.append(column)
            if now is not None and now in self.named:
                columns[now] = ""
        return self.with_options(columns=columns, ignored=tuple(ignored))

    def with_status(self, status: str, taken: bool) -> ImportDraft:
        """The same with the rows of a status taken, or left."""
        said = {name: each for name, each in self.options.statuses.items() if name.casefold() != status.casefold()}
        return self.with_options(statuses={**said, status: taken})

    def below_line(self, line: int) -> ImportDraft:
        """The same with the header in that line of the file; 0: found out."""
        return replace(self, mapping=replace(self.mapping, header_line=line), fresh=False)

    def choosing(self, choices: Choices) -> ImportDraft:
        """The same with what was chosen for conflicts."""
        return self.with_options(choices=dict(choices))

    def of_file(self, path: Path) -> ImportDraft:
        """Another file, read in the same way."""
        return replace(self, path=path).with_options(mends={})

    def mending(self, line: int, mend: Mend) -> ImportDraft:
        """The same with this said of a row; nothing is said of it where the mend is empty."""
        others = {at: each for at, each in self.options.mends.items() if at != line}
        return self.with_options(mends=others if mend == Mend() else {**others, line: mend})

    def began_with(self, name: str, mapping: SourceMapping) -> ImportDraft:
        """The file read by a saved mapping; what was chosen for conflicts, and mended, stays."""
        options = replace(mapping.options, choices=self.options.choices, mends=self.options.mends)
        return ImportDraft(self.path, replace(mapping, options=options), name, fresh=False)

    def kept(self) -> dict[str, str]:
        """What was said, in words that a lost terminal does not take along."""
        if self.fresh:
            return {}
        choices = (f"{item} {choice} {what}" for (item, what), choice in self.options.choices.items())
        return {
            "path": str(self.path),
            "mapping": mapping_text(self.mapping),
            "name": self.name,
            "choices": "\n".join(choices),
            "mends": "\n".join(text for line, mend in self.options.mends.items() for text in mend.said(line)),
        }

    def refilled(self, typed: Typed) -> ImportDraft:
        """The draft that :meth:`kept` tells of; this one where it cannot be read."""
        if "path" not in typed:
            return self
        try:
            mapping = mapping_of_text(typed.get("mapping", ""))
        except ImportOptionError:
            return self
        choices: dict[tuple[int, str], Choice] = {}
        for line in typed.get("choices", "").splitlines():
            item, _, rest = line.partition(" ")
            choice, _, what = rest.partition(" ")
            if item.isdecimal() and choice in ("here", "source"):
                choices[int(item), what] = "here" if choice == "here" else "source"
        draft = ImportDraft(kept_path(typed["path"]), mapping, typed.get("name", ""), fresh=False)
        try:
            mends: Mapping[int, Mend] = mends_of(typed.get("mends", "").splitlines())
        except ImportOptionError:
            mends = {}
        return draft.choosing(choices).with_options(mends=mends)
