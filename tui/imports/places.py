"""Where the mapping screen has what a sentence of the command line calls an option, which nobody can type there."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: an option, with what it is given, and where that is said on the screen
_PLACES: Mapping[str, str] = {
    r"give it in the app, or here with --team": "give it later, or in “team of the rest” as",
    r"Add --dates day-first or --dates month-first": "Say so in “03/04/2026 is”",
    r"add --encoding (?:NAME|[\w-]+)": "name it in “encoding”",
    r"leave --encoding out": "leave “encoding” empty",
    r"leave --format out": "leave “read as” empty",
    r"needs --delimiter": "has another “separator”",
    r"--dates day-first or (?:--dates )?month-first": "“03/04/2026 is”",
    r"--decimal comma or (?:--decimal )?point": "“1.500 is”",
    r"--decimal (?:comma|point)": "“1.500 is”",
    r"--dates": "“03/04/2026 is”",
    r"--include-done": "“rows that are done”",
    r"--include-hidden": "“hidden rows”",
    r"--parents both": "“epics and parts”",
    r"--history": "“finished rows”",
    r"--interrupts": "“unplanned work”",
    r"--map(?: type:NAME=LETTER)?": "“slice rules”",
    r"--sheet NAME": "“sheet”",
    r"--header-line (\d+|N)": r"“header in line” (\1)",
    r"--points-per-week(?: N)?": "“points to an ew”",
    r"--hours-per-week(?: N)?": "“hours to an ew”",
    r"--team NAME adds a team, --team '(THEIRS -> OURS)'": r"“team of the rest” adds a team by its name, \1 there",
    r"--team": "“team of the rest”",
    r"Name the right one with --column title=NAME": "Take the right one for title: enter on it",
    r"with --column (\w+)=NAME": r"by taking it for \1",
    r"--set (?=\d)": "",
}  # fmt: skip
_EACH = [(re.compile(option), place) for option, place in _PLACES.items()]


def on_screen(sentence: str) -> str:
    """A sentence with the settings of the mapping screen, in quotes, in place of options that nobody can type there."""
    if "--" not in sentence:
        return sentence
    for option, place in _EACH:
        sentence = option.sub(place, sentence)
    return sentence
