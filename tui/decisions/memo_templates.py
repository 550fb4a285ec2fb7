"""The memos' templates: the user's own where there is one, else those that come with the app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.memos import PLACEHOLDERS, Audience
from store.common.errors import StoreError
from store.database.places import templates_folder
from store.sidecars.report_files import write_report_file

#: The folder of those that come with the app.
BUILT_IN = Path(__file__).parents[2] / "scenarios" / "memos" / "templates"
#: Bytes of a template that are read: one that is larger is something else.
_MOST = 1_000_000


@dataclass(frozen=True)
class MemoTemplate:
    """A template's text, and what a sentence calls it."""

    text: str
    name: str


def template_for(audience: Audience, folder: Path | None = None) -> MemoTemplate:
    """The template for an audience. Raises StoreError with a sentence where the user's own cannot be read.

    ``folder`` is that of the user's own, by the customs of the system where it is not given.
    """
    own = (templates_folder() if folder is None else folder) / f"{audience}.md"
    try:
        with own.open("rb") as file:
            content = file.read(_MOST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return MemoTemplate((BUILT_IN / f"{audience}.md").read_text(encoding="utf-8"), "the built-in template")
    except OSError as error:
        raise StoreError(f"Could not read {own}: {error.strerror or error}.") from error
    if len(content) > _MOST:
        raise StoreError(f"{own} is larger than a template can be ({_MOST:,} bytes): move it away.")
    try:
        return MemoTemplate(content.decode("utf-8-sig"), str(own))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise StoreError(f"Line {line} of {own} is not UTF-8: save it so, or move it away.") from error


def write_templates(folder: Path | None = None) -> Mapping[Path, bool]:
    """Put the built-in templates into the user's folder to be edited; what is there stays. By path, whether it was
    written. Raises StoreError with a sentence."""
    where = templates_folder() if folder is None else folder
    try:
        where.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"Could not make {where}: {error.strerror or error}.") from error
    found: dict[Path, bool] = {}
    for audience in PLACEHOLDERS:
        path = where / f"{audience}.md"
        found[path] = not path.is_symlink() and not path.exists()
        if found[path]:
            write_report_file(path, (BUILT_IN / f"{audience}.md").read_text(encoding="utf-8"))
    return found
