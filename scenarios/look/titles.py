"""Accounts that are named in titles: whole words of a name, however it is spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from store.common.spellings import spelling

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
#: Names of fewer letters are words like others.
_LEAST = 2


class AccountsInTitles:
    """Finds the names of accounts. A name of one word counts only where it begins with a capital or a digit, as names
    do: an account “Target” is not in “set a target”."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """``names`` -> what the account is called that goes by it."""
        #: first word of a spelling -> the words of it and the account's name, the longest first
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, account in names.items():
            words = tuple(spelling(name).split())
            if words and (len(words) > 1 or len(words[0]) >= _LEAST):
                self._by_first.setdefault(words[0], []).append((words, account))
        for found in self._by_first.values():
            found.sort(key=lambda each: -len(each[0]))

    def of(self, title: str) -> tuple[str, ...]:
        """The names of the accounts in a title, each once, in the order in which they stand there."""
        if not self._by_first or not title:
            return ()
        words = [(part, word) for part in _WORD.findall(title) for word in spelling(part).split()]
        found: dict[str, None] = {}
        at = 0
        while at < len(words):
            at += self._name_at(words, at, found)
        return tuple(found)

    def _name_at(self, words: list[tuple[str, str]], at: int, found: dict[str, None]) -> int:
        """Take the name that begins at a word, if one does; how many words to go on by."""
        part, word = words[at]
        for name, account in self._by_first.get(word, ()):
            if tuple(each for _, each in words[at : at + len(name)]) == name and (
                len(name) > 1 or not part[0].islower()
            ):
                found.setdefault(account)
                return len(name)
        return 1
