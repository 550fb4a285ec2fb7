"""What people answer when a quarter is looked back at: who uses what shipped, and whether it was validated first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from store.common.errors import Refused
from store.common.text import short
from store.records import Command, Outcome, State, Use

#: More users than this are broad use.
FEW = 2
MOST_USERS = 1_000_000_000
_USES: dict[str, Use] = {
    "nobody": "nobody", "none": "nobody", "few": "one or two", "one or two": "one or two", "1-2": "one or two",
    "more": "more", "many": "more", "3+": "more",
}  # fmt: skip
_VALIDATED = {"y": True, "yes": True, "n": False, "no": False}
_UNKNOWN = ("", "?", "not known yet", "unknown")
HOW = "who uses it: nobody, few (one or two), more, or a number; validated first: y or n; ? or empty: not known yet"


@dataclass(frozen=True)
class ToldAnswer:
    """``users`` is their number, where somebody counted; None is: not known yet."""

    use: Use | None = None
    users: int | None = None
    validated: bool | None = None

    @property
    def words(self) -> str:
        """As :func:`answer_of` reads it."""
        return " ".join(filter(None, (use_words(self.use, self.users), validated_words(self.validated))))


@dataclass(frozen=True)
class ReadAdoption:
    """So many accounts of those that could have ``adopted`` it, as was read ``on`` a day; None: not known yet."""

    adopted: float | None = None
    could: float | None = None
    on: date | None = None

    @property
    def words(self) -> str:
        """As ``adopted by 5 of 8 accounts``; empty where that is not known."""
        if self.adopted is None:
            return ""
        of = "" if self.could is None else f" of {self.could:g}"
        return f"adopted by {self.adopted:g}{of} account{'' if (self.could or self.adopted) == 1 else 's'}"


def use_of(text: str) -> tuple[Use | None, int | None]:
    """Who uses it, and how many do where a number is given; both None where it is not known yet. Raises Refused."""
    plain = " ".join(text.split()).casefold()
    if plain in _UNKNOWN:
        return None, None
    if plain in _USES:
        return _USES[plain], None
    if plain.isdecimal() and plain.isascii() and int(plain[:12]) <= MOST_USERS:
        users = int(plain)
        return ("nobody" if users == 0 else "one or two" if users <= FEW else "more"), users
    raise Refused(
        f"“{short(text, 40)}” says not who uses it: write nobody, few (one or two), more or a number; ? or nothing "
        "where it is not known yet",
        "use",
    )


def validated_of(text: str) -> bool | None:
    """Whether it was validated before it was built; None where it is not known yet. Raises Refused."""
    plain = text.strip().casefold()
    if plain in _UNKNOWN:
        return None
    if plain not in _VALIDATED:
        raise Refused(f"“{short(text, 40)}” is not yes or no; ? or nothing where it is not known yet", "validated")
    return _VALIDATED[plain]


def answer_of(text: str) -> ToldAnswer:
    """Both in one line, in any order, as ``more n`` or ``2 y``. Raises Refused."""
    validated: bool | None = None
    rest = []
    for word in text.replace(",", " ").replace(";", " ").split():
        if word.casefold() in _VALIDATED:
            validated = _VALIDATED[word.casefold()]
        else:
            rest.append(word)
    use, users = use_of(" ".join(rest))
    return ToldAnswer(use, users, validated)


def use_words(use: Use | None, users: int | None) -> str:
    """As :func:`use_of` reads it; empty where it is not known."""
    return "" if use is None else str(users) if users is not None else "few" if use == "one or two" else use


def validated_words(validated: bool | None) -> str:
    """``y``, ``n``, or nothing."""
    return "" if validated is None else "y" if validated else "n"


def tell_outcome(
    state: State, outcome_id: int, answer: ToldAnswer, read: ReadAdoption | None = None, today: date | None = None
) -> Command:
    """What is known now of a finished item; empty where that was known. Without ``read`` its adoption stays as it is.

    Who uses it is what was read of its adoption, where nobody says otherwise. Raises Refused where it was not finished,
    and where a number or the day of its adoption cannot be.
    """
    old = state.all(Outcome)[outcome_id]
    title = short(old.title, 60)
    if old.became != "done":
        raise Refused(f"“{title}” was not done in {old.quarter}: nobody can use it yet.", "use")
    use, users = answer.use, answer.users
    given: dict[str, object] = {}
    if read is not None:
        given = _read(old, read, today or date.today())
        if use is None and read.adopted is not None:
            use, users = use_of(f"{read.adopted:g}")
    new = old.model_copy(update={**given, "use": use, "users": users, "validated": answer.validated})
    if new == old:
        return Command("outcome", "")
    words = ", ".join(filter(None, (answer.words, read.words if read is not None else "")))
    return Command("outcome", f"what came of “{title}”: {words or 'not known yet'}", (new,))


def _read(old: Outcome, read: ReadAdoption, today: date) -> dict[str, object]:
    """The columns of a reading. Raises Refused for what cannot be."""
    for field, number in (("adopted", read.adopted), ("could_adopt", read.could)):
        if number is not None and (number != int(number) or not 0 <= number <= MOST_USERS):
            raise Refused("Accounts are a whole number, 0 or more.", field)
    if read.adopted is not None and read.could is not None and read.adopted > read.could:
        raise Refused(f"{read.adopted:g} accounts cannot have adopted what {read.could:g} could use.", "adopted")
    if read.on is not None and read.on > today:
        raise Refused(f"{read.on.isoformat()} is still to come: today is {today.isoformat()}.", "adoption_on")
    return {
        "adopted": None if read.adopted is None else int(read.adopted),
        "could_adopt": None if read.could is None else int(read.could),
        "adoption_on": (read.on or old.adoption_on or today) if read.adopted is not None else None,
    }
