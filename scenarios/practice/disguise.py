"""A disguise for a workspace: made-up names for its names, its money by one number, its days by whole weeks.

Nothing that it gives has a word of the workspace in it: what of its own vocabulary the workspace
says, too, is left out.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from scenarios.figures.names import plain_name
from store.records import State

_WORD = re.compile(r"\w+")
#: Letters from which on a word tells something, and those of a text that is looked through.
_SHORT, _LONGEST = 3, 20_000
#: The columns that hold money.
MONEY = frozenset({"arr", "deal_amount", "renewal_arr", "rate", "licence", "amount"})

_PEOPLE = (
    "Adair Aleida Alwin Amadea Anselm Arvid Balthasar Benedetta Berit Bertil Brigid Caspar Celestine Clemens Cosima "
    "Damaris Delphine Dorte Edda Egon Elodie Emeric Enno Esme Fabian Fenna Fiorella Florin Freya Gerrit Gisela Gregor "
    "Hanno Hedda Henrike Ignace Ilka Imre Ingrid Isolde Ivo Janneke Jarl Jolanda Jorinde Kaspian Katinka Leander "
    "Leonie Linus Ludmila Malte Marijke Matthis Mirabel Nils Odilia Olympia Oswin Pernille Quirin Ragna Renske Rupert "
    "Sanna Severin Sigrun Sunniva Tamsin Thaddeus Tilda Torben Ulrike Valentin Veronika Wendel Wilma Xaver Yannick Zita"
)
_PLACES = (
    "Alder Amber Ashfield Barley Bayberry Birchwood Bracken Briar Brook Cedar Chestnut Cinder Clover Copper Coral "
    "Cranefield Dale Elmwood Ember Fennel Fernhill Flint Foxglove Garnet Gorse Granite Hazel Heather Hollow Indigo "
    "Ivory Jasper Juniper Kelp Larch Laurel Lichen Linden Marigold Marsh Meadow Mistle Moorland Nettle Nutmeg Ochre "
    "Onyx Orchard Pebble Pinewood Poplar Quartz Reed Rowan Saffron Sedge Sorrel Spruce Tamarind Thistle Umber Vetch "
    "Walnut Willow Yarrow Yew"
)
_TRADES = "Mills Works Lines Foundry Bakers Chandlers Weavers Printers Ferries Growers Lodging Outfitters"
_MANNERS = (
    "Quicker Quieter Shared Second Folded Printed Spoken Nightly Painless Portable Sturdier Tidier Plainer Seasonal "
    "Mirrored Numbered Sorted Stamped Weekly Borrowed Gentler Brighter Layered Lighter"
)
_THINGS = (
    "ledger roster voucher docket almanac gazette locker beacon compass parcel satchel tally signpost turnstile "
    "lantern hourglass notebook pantry postcard ribbon shelf stencil teller token trolley wallchart weathervane bellows"
)
_POSTS = "Steward Warden Keeper Purser Bursar Marshal Provost Reeve Chamberlain Registrar Almoner Castellan"
#: By kind of name, what is said in turn; of the second word, where there is one, each with each of the first.
_KINDS: dict[str, tuple[str, str]] = {
    "person": (_PEOPLE, ""),
    "team": (_PLACES, ""),
    "account": (_PLACES, _TRADES),
    "item": (_MANNERS, _THINGS),
    "version": (_MANNERS, _THINGS),
    "principle": (_PLACES, ""),
    "segment": (_PLACES, ""),
    "quarter": (_PLACES, ""),
    "post": (_POSTS, ""),
}
#: Where all that is made up is said by the workspace already.
_SYLLABLES = "ba be da do fa fe ga go ka ke ko la le lo ma me mo na ne no pa po ra re ro sa so ta te to va vo"


def words_in(text: str) -> Iterator[str]:
    """The words of a text that tell something, as they are compared."""
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if len(word) >= _SHORT:
            yield word


@dataclass
class Disguise:
    """What one workspace is disguised by: drawn anew each time, and kept nowhere."""

    state: State
    chance: Random
    _given: dict[str, str] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Draw what money is multiplied by, and how far days are moved."""
        self._factor = self.chance.choice((self.chance.uniform(0.35, 0.75), self.chance.uniform(1.4, 2.8)))
        self._weeks = timedelta(weeks=self.chance.randint(30, 150))
        self._said: set[str] = set()
        self._money: set[float] = set()
        for rows in self.state.tables.values():
            for row in rows.values():
                for column, value in row.model_dump().items():
                    if isinstance(value, str) and len(value) <= _LONGEST:
                        self._said.update(words_in(value))
                    elif column in MONEY and isinstance(value, int | float):
                        self._money.add(float(value))
        self._left = {kind: self._pool(*words) for kind, words in _KINDS.items()}

    def _pool(self, first: str, second: str) -> list[str]:
        ones, others = (
            [word for word in words.split() if word.casefold() not in self._said] for words in (first, second)
        )
        found = [f"{one} {other}" for one in ones for other in others] if second else list(ones)
        self.chance.shuffle(found)
        return found

    # ------------------------------------------------------------------ names

    def name(self, kind: str, text: str) -> str:
        """What stands for a name: the same for the same, whatever bears it; empty for none."""
        key = plain_name(unicodedata.normalize("NFKC", text))
        if not key:
            return self.new(kind) if text else ""
        if key not in self._given:
            self._given[key] = self.new(kind)
        return self._given[key]

    def names(self, kind: str, texts: Sequence[str]) -> list[str]:
        """What stands for each of several that must differ: the second of a name gets one of its own."""
        found: list[str] = []
        for text in texts:
            one = self.name(kind, text)
            found.append(self.new(kind) if one in found or not one else one)
        return found

    def new(self, kind: str) -> str:
        """A name that nothing has yet."""
        while True:
            name = self._left[kind].pop() if self._left[kind] else self._invented()
            if name not in self._used:
                self._used.add(name)
                return name

    def _invented(self) -> str:
        while True:
            name = "".join(self.chance.choice(_SYLLABLES.split()) for _ in range(4)).capitalize()
            if name.casefold() not in self._said:
                return name

    # ------------------------------------------------------------------ amounts and days

    def money(self, amount: float | None) -> float | None:
        """An amount as it is told: by the one number, to two digits, and none that the workspace has."""
        if not amount:
            return amount
        told = min(amount * self._factor, 9e14)
        step = 10.0 ** (math.floor(math.log10(told)) - 1)
        count = round(told / step)
        while _rounded(count, step) in self._money:
            count += 1
        return _rounded(count, step)

    def day(self, day: date | None) -> date | None:
        """A day as it is told; None where the calendar ends before it."""
        try:
            return None if day is None else day + self._weeks
        except OverflowError:
            return None

    def noon(self, at: datetime) -> datetime | None:
        """A moment as it is told: at noon; None where the calendar ends before it."""
        day = self.day(at.date())
        return None if day is None else datetime.combine(day, time(12), UTC)


def _rounded(count: int, step: float) -> float:
    """So many steps, without the dust of a division."""
    return float(f"{count * step:.6g}")
