"""The cases that come with makeroom, and the one in a file of somebody's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from scenarios.practice.case import Case
from scenarios.practice.case_file import case_faults, read_case, sound_case
from store.common.errors import Refused, StoreError
from store.common.text import short
from store.database.places import expanded
from store.records import State
from store.sidecars.plays import plays_folder
from store.workspace.defaults import beginning

#: Bytes of a case's file that is read.
_MOST = 2_000_000
_ENDING = ".toml"
#: So many files of one's own are looked at.
_FILES = 50


@dataclass(frozen=True)
class ListedCase:
    """A case that can be begun, with its text; ``file`` is where one of somebody's own is, None for what comes with
    makeroom."""

    case: Case
    text: str
    file: Path | None = None


@cache
def supplied_cases() -> tuple[Case, ...]:
    """The cases that come with makeroom, the shortest first."""
    found = [read_case(supplied_case(name), name) for name in _names()]
    return tuple(sorted(found, key=lambda case: (case.minutes, case.name)))


def _names() -> list[str]:
    folder = files("scenarios.practice").joinpath("cases")
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(_ENDING))


def supplied_case(name: str) -> str:
    """The text of a case that comes with makeroom, by the name of its file."""
    return files("scenarios.practice").joinpath("cases", name).read_text(encoding="utf-8")


def own_folder() -> Path:
    """Where cases of one's own are listed from: beside the plays."""
    return plays_folder() / "cases"


def listed_cases() -> tuple[list[ListedCase], list[str]]:
    """What comes with makeroom, then what can be played of one's own; a sentence for each file that cannot."""
    found = [ListedCase(case, supplied_case(f"{case.name}{_ENDING}")) for case in supplied_cases()]
    faults = []
    try:
        files = sorted(path for path in own_folder().iterdir() if path.name.endswith(_ENDING))[:_FILES]
    except OSError:
        files = []
    for path in files:
        try:
            text = text_of(path)
            found.append(ListedCase(sound_case(text, path.name, fresh_state()), text, path))
        except StoreError as error:
            faults.append(str(error))
    return found, faults


def people_words(case: Case) -> str:
    """For how many people it is."""
    least, most = case.people
    return str(least) if least == most else f"{least} to {most}"


def fresh_state() -> State:
    """What a fresh workspace holds: a case is set in one."""
    return State().overlay(beginning("practice", date.today()))


def case_named(name: str) -> tuple[Case, str]:
    """A case and its text: one that comes with makeroom by its name, one of one's own that is listed, else that of a
    file.

    Raises Refused where there is none, and StoreError with what is wrong with it first where it cannot be played.
    """
    known = {case.name: f"{case.name}{_ENDING}" for case in supplied_cases()}
    if name in known:
        text = supplied_case(known[name])
        return read_case(text, known[name]), text
    if not name.endswith(_ENDING) and (own_folder() / f"{name}{_ENDING}").is_file() and Path(name).name == name:
        name = str(own_folder() / f"{name}{_ENDING}")
    if not name.endswith(_ENDING):
        raise Refused(
            f"there is no case “{short(name, 60)}”: there are {', '.join(known)}, and a file of your own is named "
            f"with its ending, {_ENDING}"
        )
    path = expanded(name)
    text = text_of(path)
    return sound_case(text, path.name, fresh_state()), text


def faults_in(name: str) -> tuple[str, list[StoreError]]:
    """What a case's file is called, and all that is wrong with it. Raises StoreError where it cannot be read."""
    path = expanded(name)
    return path.name, case_faults(text_of(path), path.name, fresh_state())


def text_of(path: Path) -> str:
    """The text of a case's file. Raises StoreError with a sentence."""
    from store.imports.reader import read_bytes

    try:
        return read_bytes(path, _MOST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoreError(f"{path.name} is not text in UTF-8 (byte {error.start}): save it as UTF-8.") from error
