"""What is asked of a snapshot that is saved, and of a scenario that is branched: its name, and a note."""

from __future__ import annotations

from store.common.errors import Refused, refused_about
from store.records import State
from store.workspace.scenario_files import LONGEST_NAME, checked_name
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, Description

#: What plans are called that are no snapshots by name.
NOW, BASELINE = "now", "baseline"


def _save(state: State, record: int | None, values: Values) -> tuple[str, str]:
    name = values["name"].strip()
    if name.casefold() in (NOW, BASELINE):
        raise Refused(f"“{name}” is a name of its own here: choose another one", "name")
    return name, values["note"].strip()


def _branch(state: State, record: int | None, values: Values) -> tuple[str, str]:
    with refused_about("name"):
        return checked_name(values["name"], state), values["note"].strip()


#: The name and the note.
SAVE: Description[State, tuple[str, str]] = Description(
    "snapshot save",
    (
        Ask("name", "name", "name", "to find it by", needed="A snapshot needs a name to be found by."),
        Ask("note", "note", "--note", "may stay empty", "what it was taken for"),
    ),
    _save,
    "Save a snapshot",
    "A frozen copy of the plan on the board, with all that its figures depend on.",
    enter="save it",
)

#: The name and the note; the state is the main plan's.
BRANCH: Description[State, tuple[str, str]] = Description(
    "scenario branch",
    (
        Ask(
            "name", "name", "name", f"what the header calls it, at most {LONGEST_NAME} characters", "what it is called"
        ),
        Ask("note", "note", "--note", "what it is to show; may stay empty", "what it is to show"),
    ),
    _branch,
    "Branch a scenario",
    enter="branch it",
)
