"""Whether a text names another customer or a person, in any form in which a careful reader would know them again.

Names are found with the endings of English and German (Kestrels, Mareks, Globexsche), within compounds and across
hyphens, without case and accents, with ä written ae, and in letters that only look alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

#: A name's word of so many letters stands for the name; from so many on, a name is also found inside other words, and a
#: word of it at the beginning of others, or anywhere.
_WORD, _INSIDE, _ANYWHERE = 4, 5, 6
#: A person's word of so many letters stands for the person.
_PERSON = 3
#: What a name may end in besides itself.
_ENDING = r"(?:['’´`]?s?|e[nrsm]?|ern|ens|n|ns|an|i|in|ish|isch\w{0,2}|sche?\w{0,2})"
#: Letters that look like others, or are written as others, once case and accents are gone.
_ALIKE = str.maketrans(
    {
        **dict(zip("ıłøđðħŧæœþ", ("i", "l", "o", "d", "d", "h", "t", "ae", "oe", "th"), strict=True)),
        **dict(zip("асеорхуіјѕһԁԛԝкмтвн", "aceopxyijshdqwkmtbh", strict=True)),
        **dict(zip("αβεικνορτυχγ", "abeiknoptuxy", strict=True)),
    }
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

Span = tuple[int, int]


@lru_cache(16384)
def folded(text: str) -> str:
    """Text as it is compared: without case, accents, and differences of width; spaces made one."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(each for each in decomposed if unicodedata.category(each) != "Mn").split())


@lru_cache(16384)
def _forms(text: str) -> tuple[str, ...]:
    """The ways to read a text: as it is, in the letters that it looks like, and with ä written ae."""
    umlauts = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return tuple(dict.fromkeys((folded(text), folded(text).translate(_ALIKE), folded(umlauts).translate(_ALIKE))))


def named(text: str, own: Sequence[str], others: Iterable[str], people: Iterable[str] = ()) -> str:
    """Which of the ``others``, or of the ``people``, a text could name outside of what its customer is called; empty
    where it names none. A word of a name is enough, unless it is a word of the customer's own."""
    owns = frozenset(form for name in own for form in _forms(name))
    own_words = frozenset(word for form in owns for word in _words(form))
    forms = _forms(text)
    for other in others:
        names = [name for name in _forms(other) if name and name not in owns]
        if any(_names_customer(form, name, owns, own_words) for form in forms for name in names):
            return other
    for person in people:
        if any(_names_person(form, name, own_words) for form in forms for name in _forms(person)):
            return person
    return ""


def _names_customer(text: str, name: str, owns: Iterable[str], own_words: frozenset[str]) -> bool:
    short, squeezed = _squeezed(name), _squeezed(text)
    if short not in squeezed and not any(word in squeezed for word in _words(name)):
        return False
    own_spans = [span for own in owns for span in _spans(own, text)]
    own_squeezed = [span for own in owns for span in _spans(_squeezed(own), squeezed)]
    whole = len(short) < _INSIDE
    if any(not _within(span, own_spans) for span in _spans(name, text, whole)):
        return True
    if not whole and any(not _within(span, own_squeezed) for span in _spans(short, squeezed)):
        return True
    words = [word for word in _words(name) if len(word) >= _WORD and word not in own_words]
    return any(_has_word(text, squeezed, word, own_squeezed) for word in words)


def _names_person(text: str, name: str, own_words: frozenset[str]) -> bool:
    squeezed = _squeezed(text)
    words = [word for word in _words(name) if len(word) >= _PERSON and word not in own_words]
    return any(_has_word(text, squeezed, word, ()) for word in words)


def _has_word(text: str, squeezed: str, word: str, own: Sequence[Span]) -> bool:
    if len(word) >= _ANYWHERE and any(not _within(span, own) for span in _spans(word, squeezed)):
        return True
    if word not in text:
        return False
    begins = r"" if len(word) >= _INSIDE else rf"{_ENDING}(?![^\W_])"
    return re.search(rf"(?<![^\W_]){re.escape(word)}{begins}", text) is not None


@lru_cache(16384)
def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", name))


@lru_cache(16384)
def _squeezed(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _spans(name: str, text: str, whole: bool = False) -> Iterator[Span]:
    """Where a name stands in a text, overlaps included; ``whole``: not in a longer word but for an ending."""
    if not name or name not in text:
        return
    pattern = re.escape(name)
    if whole:
        before = r"(?<![^\W_])" if name[0].isalnum() else ""
        after = rf"{_ENDING if len(name) > 1 else ''}(?![^\W_])" if name[-1].isalnum() else ""
        pattern = before + pattern + after
    for match in re.finditer(f"(?={pattern})", text):
        yield match.start(), match.start() + len(name)


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)
