"""Short and loose names of columns in sheets of people's own: taken where what stands in the column is of that kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from store.common.text import clean
from store.imports.columns import ColumnMap, Field, field_named, simplified
from store.imports.dates import parse_date
from store.imports.estimates import BLANKS, UNITS, EstimateError, NoUnitError, Rates, parse_estimate
from store.imports.finished import says_over
from store.imports.numbers import amount, number
from store.imports.plain_words import bare_words, without_accents
from store.imports.table import Table

#: By field, names without accents; the first that holds what it should is taken. German ones stand last.
NAMES: Mapping[Field, tuple[str, ...]] = {
    "title": ("thing", "topic", "todo", "to do", "need", "what we need", "wish",
              "was", "thema", "vorhaben", "anliegen", "wunsch", "massnahme"),
    "key": ("tkt", "jira", "jira key", "kurzel"),
    "size": ("est", "ests", "estim", "sz", "loe", "level of effort", "t shirts", "rough size",
             "aufw", "gesch aufwand", "schatz", "gr", "groesse", "dauer"),
    "days": ("effort pd", "pds", "mds", "aufwand pt", "aufwand mt", "aufwand t", "schatzung pt", "ptage",
             "aufwand in tagen", "aufwand in pt"),
    "hours": ("hrs", "aufwand h", "aufwand std", "aufwand in stunden"),
    "weeks": ("wks", "aufwand pw", "aufwand wochen", "aufwand in wochen"),
    "points": ("pts", "sps", "storypts"),
    "unit": ("unit", "units", "uom", "estimate unit", "est unit", "effort unit", "size unit", "time unit",
    "duration unit", "einh",
             "einheit", "masseinheit"),
    "priority": ("prio", "pri", "prty", "prior", "rank", "ranking", "importance", "urgency", "moscow", "imp",
                 "rang", "wichtigkeit", "dringlichkeit", "reihenfolge"),
    "team": ("group", "grp", "tm", "crew", "tribe", "pod", "abt", "gruppe"),
    "customer": ("for", "cust", "custs", "acct", "accts", "account name", "requested for", "for customer", "for whom",
                 "kd", "kde", "fur", "fur wen", "auftraggeber", "kundenname"),
    "owner": ("resp", "dri", "pm", "assigned", "asgn",
              "verantw", "zust", "bearb", "ansprechpartner", "wer"),
    "value": ("val", "bv", "biz value", "benefit", "nutzwert", "geschaftsnutzen"),
    "due": ("by", "by when", "when", "deadl", "target", "needed", "wann", "bis", "bis wann", "wunschtermin", "to"),
    "status": ("stat", "st", "group", "stand", "bearbeitungsstand"),
    "note": ("desc", "descr", "comment", "comments", "remark", "remarks", "info", "context", "why",
             "bem", "anm", "beschr", "hinweis", "warum"),
}  # fmt: skip
#: names of ranks where numbers count upwards, which no priority does
_UPWARDS = frozenset({"importance", "urgency", "imp", "wichtigkeit", "dringlichkeit"})
#: names that mean one thing alone
_SURE = frozenset({
    "cust", "custs", "acct", "accts", "account name", "for customer", "kd", "kde", "kundenname", "auftraggeber",
    "resp", "dri", "verantw", "zust", "bearb", "ansprechpartner", "prio", "prty",
})  # fmt: skip
#: names of a key that may be that of something else
_LOOSE = frozenset({"ref", "reference", "no", "nr"})
_LOOKED_AT = 200
#: of the filled cells, so many are to be of the kind
_MOST = 0.8
#: so many names make a list of teams, and so long is one
_TEAMS, _NAME = 20, 40
_TRIAL = Rates(1.0, 1.0, dict.fromkeys(("XS", "S", "M", "L", "XL", "XXL"), (1.0, 1.0, 1.0)))
_PRIORITY = re.compile(r"(?:p|prio|priority|#)?[\s.:-]*\d{1,4}(?:[\s.:-]+[^\d]*)?|!{1,5}|[a-d]|[hml]")
_PRIORITIES = frozenset({
    "blocker", "showstopper", "highest", "critical", "urgent", "immediate", "very high", "top", "high", "major", "hi",
    "important", "must", "must have", "medium", "med", "mid", "normal", "moderate", "middle", "should", "should have",
    "low", "lo", "minor", "could", "could have", "lowest", "trivial", "very low", "wont", "wont have", "nice to have",
    "none",
    "kritisch", "dringend", "sehr hoch", "hoch", "wichtig", "mittel", "niedrig", "gering", "sehr niedrig", "muss",
    "soll", "kann",
})  # fmt: skip
_OPEN = frozenset({
    "open", "to do", "todo", "new", "in progress", "doing", "wip", "backlog", "planned", "ready", "blocked", "review",
    "in review", "next", "later", "now", "started", "not started", "on hold", "idea", "draft", "proposed",
    "offen", "neu", "in arbeit", "geplant", "bereit", "blockiert", "laufend", "angefangen", "idee",
})  # fmt: skip
#: who is no account, no person and no team
_NOBODY = frozenset({
    "all", "everyone", "everybody", "nobody", "internal", "various", "many", "multiple", "us", "yes", "no", "x",
    "alle", "intern", "diverse", "niemand", "ja", "nein",
})  # fmt: skip
#: what work is called when it is sorted by time or by kind
_SORTED = re.compile(
    r"(?:(?:q|h)[1-4]|sprint|iteration|week|wk|kw|fy|cw|release|version|v|phase|milestone|jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)\b.*|v?\d.*|20\d\d.*|(?:epics?|themes?|bugs?|features?|tech debt|chores?|stor(?:y|ies)|"
    r"tasks?|must|should|could|wont|quick wins?|big bets?)(?: .*)?"
)


def with_short_names(
    found: ColumnMap, table: Table, overrides: Mapping[str, str], ignored: Collection[str]
) -> ColumnMap:
    """The columns, and those of short names that hold what these say; a field that has a column keeps it alone.

    ``overrides`` (a field with no column: none has it) and ``ignored`` columns are as the user says.
    """
    found = _without_false_key(found, table) if "key" not in overrides else found
    none = {field_named(word) for word, column in overrides.items() if not column.strip()}
    left = {simplified(name) for name in ignored}
    taken = {at for field in found.at for at in found.positions(field)}
    free: dict[str, int] = {}
    for position, name in enumerate(table.header):
        if position not in taken and simplified(name) not in left:
            for spelling in (simplified(name), " ".join(bare_words(name))):
                free.setdefault(spelling, position)
    at: dict[Field, tuple[int, ...]] = {}
    sized = not found.at.keys().isdisjoint(_SIZES)
    for field, names in NAMES.items():
        if field in found.at or field in none or (field in _SIZES and sized) or (field == "unit" and not sized):
            continue
        for name in names:
            position = free.get(name, -1)
            if position >= 0 and position not in taken and _holds(field, table, position, {**found.at, **at}):
                at[field] = (position,)
                taken.add(position)
                sized = sized or field in _SIZES
                break
    return replace(found, at={**found.at, **at}, held=frozenset(each[0] for each in at.values())) if at else found


_SIZES = frozenset({"size", "days", "hours", "weeks", "points", "low", "likely", "high", "seconds"})


def _holds(field: Field, table: Table, position: int, at: Mapping[Field, tuple[int, ...]]) -> bool:
    """Whether a column holds what a field has."""
    cells = [cell for cell in _cells(table, position) if cell.casefold() not in BLANKS]
    if not cells:
        return False
    if field in ("team", "customer"):
        # Whoever stands in another column of names is no team, and a team no customer.
        others = {
            cell.casefold()
            for other in ("team", "customer", "owner")
            if other != field
            for place in at.get(other, ())
            for cell in _cells(table, place)
        }
        if sum(cell.casefold() in others for cell in cells) > len(cells) / 2:
            return False
    name = " ".join(bare_words(table.header[position]))
    if name in _UPWARDS and any(number(cell) is not None for cell in cells):
        return False
    if name in _SURE and field in ("customer", "owner", "priority"):
        # The name says it; what stands there only must not be something else altogether.
        return _mostly(lambda cell: not _is_day(cell) and len(cell) <= 60)(cells) and (
            field == "priority" or not _mostly(lambda cell: number(cell) is not None)(cells)
        )
    return _KINDS[field](cells)


def _cells(table: Table, position: int) -> list[str]:
    found = (clean(row.cells[position]) for row in table.rows[:_LOOKED_AT] if position < len(row.cells))
    return [cell for cell in found if cell]


def _mostly(is_one: Callable[[str], bool]) -> Callable[[Sequence[str]], bool]:
    return lambda cells: sum(map(is_one, cells)) >= _MOST * len(cells)


def _plain(cell: str) -> str:
    return " ".join(without_accents(cell).split())


def _is_priority(cell: str) -> bool:
    plain = _plain(cell)
    return bool(_PRIORITY.fullmatch(plain)) or " ".join(bare_words(cell)) in _PRIORITIES


def _is_day(cell: str) -> bool:
    return parse_date(cell, "day-first") is not None or parse_date(cell, "month-first") is not None


def is_size(cell: str) -> bool:
    """Whether a cell is an estimate, in whatever unit, and no date."""
    if _is_day(cell):
        return False
    try:
        return parse_estimate(cell, "", _TRIAL) is not None or number(cell) == 0
    except NoUnitError:
        return True
    except EstimateError:
        return False


def _is_name(cell: str) -> bool:
    """Whether a cell is like a name of somebody: few words, the first with a large letter, and no word for a state, a
    time or a rank."""
    begins = cell[0].isupper() or cell[0] == "@" or not cell[0].isascii()
    return begins and len(cell) <= 60 and len(cell.split()) <= 6 and not _is_other(cell)


def _is_other(cell: str) -> bool:
    """Whether a cell is a number, or a word for a state, a time, a kind of work or a rank."""
    plain = " ".join(bare_words(cell))
    if is_size(cell) or _is_day(cell) or not any(each.isalpha() for each in cell):
        return True
    return plain in _NOBODY | _OPEN or _is_priority(cell) or says_over(cell) or bool(_SORTED.fullmatch(plain))


def _are_teams(cells: Sequence[str]) -> bool:
    different = {cell.casefold() for cell in cells}
    few = len(different) <= min(_TEAMS, max(5, len(cells) / 2))
    return few and not any(_is_other(cell) or len(cell) > _NAME or len(cell.split()) > 3 for cell in cells)


def _are_titles(cells: Sequence[str]) -> bool:
    texts = sum(len(cell) >= 8 or " " in cell for cell in cells)
    return len({*cells}) >= _MOST * len(cells) and texts >= _MOST * len(cells) and not any(map(is_size, cells))


def _are_keys(cells: Sequence[str]) -> bool:
    return len({*cells}) == len(cells) and all(
        len(cell) <= 30 and " " not in cell and any(each.isdigit() for each in cell) for cell in cells
    )


def _are_states(cells: Sequence[str]) -> bool:
    known = sum(" ".join(bare_words(cell)) in _OPEN or says_over(cell) for cell in cells)
    return known >= len(cells) / 2 and all(len(cell) <= _NAME for cell in cells)


def _are_texts(cells: Sequence[str]) -> bool:
    return not any(number(cell) is not None or _is_day(cell) for cell in cells)


_KINDS: Mapping[Field, Callable[[Sequence[str]], bool]] = {
    "title": _are_titles,
    "key": _are_keys,
    "size": _mostly(is_size),
    **dict.fromkeys(("days", "hours", "weeks", "points"), _mostly(is_size)),
    # One that is not known is said of its row.
    "unit": lambda cells: sum(without_accents(cell).rstrip(".") in UNITS for cell in cells) > len(cells) / 2,
    "priority": _mostly(_is_priority),
    "team": _are_teams,
    "customer": _mostly(_is_name),
    "owner": _mostly(_is_name),
    "value": _mostly(lambda cell: amount(cell) is not None),
    "due": _mostly(_is_day),
    "status": _are_states,
    "note": _are_texts,
}


def _without_false_key(found: ColumnMap, table: Table) -> ColumnMap:
    """The columns without a key that stands for several rows: a "Ref" may be that of a contract."""
    at = found.at.get("key", ())
    if len(at) != 1 or simplified(found.header[at[0]]) not in _LOOSE:
        return found
    cells = _cells(table, at[0])
    if len({*cells}) > _MOST * len(cells) or len(cells) < 2:
        return found
    return replace(found, at={field: positions for field, positions in found.at.items() if field != "key"})
