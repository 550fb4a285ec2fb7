"""All of a screen's keys by name and by what people call them, and what there is, in the command palette."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from itertools import islice

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from store.records import Customer, Decision
from tui.drawing.plain import clip, plain
from tui.flows.host import Host
from tui.plan_view.keys import APP
from tui.plan_view.words import WORDS
from tui.widgets.keys import Key, Keys

#: What people type for what has another name here.
SYNONYMS: Mapping[str, str] = {
    "board.add": "new request feature ticket ask create",
    "board.cross": "remove drop cut delete archive move out take in promote postpone defer",
    "board.size": "estimate effort points t-shirt weeks",
    "board.open": "rename change details assign",
    "board.order": "sort prioritise prioritize priority order reorder top bottom",
    "board.bulk": "bulk batch all at once assign",
    "board.fill": "plan automatically suggest auto",
    "board.baseline": "commit freeze agree approve stamp lock",
    "board.levers": "improve odds what helps suggestions",
    "board.waits": "customers who wants demand",
    "board.worth": "score rice ice wsjf cost of delay depends dependency blocked pin",
    "board.frontier": "options trade-off optimise optimize",
    "board.progress": "spent remaining percent done burndown standup weekly update",
    "board.interrupt": "unplanned outage escalation incident support",
    "board.burn": "burndown burnup weeks chart",
    "board.close": "finish end quarter actuals retrospective",
    "board.capacity": "hire people engineers holiday leave team velocity headcount vacation aims",
    "board.settle": "resolve shortfall alternatives",
    "board.decline": "reject refuse say no",
    "board.search": "find filter",
    "board.view": "columns group by layout show hide",
    "board.undo": "revert back mistake",
    "board.history": "who decided log audit why when past changes",
    "board.since": "what is new news changed yesterday due overdue digest",
    "board.who": "clock timer agenda roster attendees meeting minutes rights owners seats",
    "board.tour": "learn tutorial introduction guide walkthrough",
    "board.memo": "summary email report minutes",
    "board.scenarios": "what if branch version save backup",
    "board.compare": "diff difference changes since",
    "board.exceptions": "signature overcommit risk",
    "board.import": "load csv excel jira upload open file",
    "board.look": "look back retrospective history finished done last year one-offs share analyse analyze",
    "board.reports": "look back monthly executives board retrospective nrr grr churn influence report",
    "board.export": "save pdf excel csv html download share print",
    "board.tables": "settings slices categories rates configure",
    "board.start": "setup begin wizard new quarter",
    "board.charter": "roles rights rules permissions who may decide",
    "board.one-offs": "custom deals special sales budget",
    "board.commitments": "promises deadlines contracts",
    "board.accounts": "customers revenue arr renewals crm",
    "board.theme": "theme dark light colours colors mode",
    "board.project": "projector beamer presentation big large zoom contrast accessibility wall",
    "board.patterns": "colour blind accessibility",
    "board.help": "keys shortcuts how words glossary manual",
    "board.copy": "clipboard yank",
    "board.quit": "exit leave close",
    "app.hide": "redact mask projector private anonymous revenue",
    "app.repaint": "refresh redraw",
    "app.suspend": "background shell",
}
#: What works everywhere, and is offered by name.
_EVERYWHERE = frozenset({"hide", "repaint", "suspend"})
#: Items, accounts and decisions that are offered at most, of each.
_MOST = 20
#: What is called so, what goes to it, and where that is.
Jump = tuple[str, Callable[[], None], str]


class BoardCommands(Provider):
    """Every key of the present screen that has a name."""

    def _named(self) -> Iterator[tuple[Key, str]]:
        """Each row, and its keys."""
        rows: Keys | None = getattr(self.screen, "KEYS", None)
        for row in (*(rows or ()), *(row for row in APP if row.short in _EVERYWHERE)):
            if (row.show or row.short in _EVERYWHERE) and (keys := row.hint().keys(self.app)):
                yield row, keys

    async def discover(self) -> Hits:
        """All of them."""
        for row, key in self._named():
            yield DiscoveryHit(row.name, self._runner(row.runs), help=f"key {key}")

    async def search(self, query: str) -> Hits:
        """Those that match what is typed, by their own names before what people call them; words, items, accounts and
        decisions. Letters that only stand somewhere in a name, in their order, count where nothing else is found."""
        matcher, words = self.matcher(query), query.casefold().split()
        if not words:
            return
        found = False
        for row, key in self._named():
            named = re.findall(r"\w+", row.name.casefold())
            also = SYNONYMS.get(row.id, "").split()
            if (own := _begun(named, words)) or _begun((*named, *also), words):
                shown = matcher.highlight(row.name) if matcher.match(row.name) > 0 else Content(row.name)
                found = True
                yield Hit(4.0 if own else 3.0, shown, self._runner(row.runs), help=f"key {key}")
        for word, meaning in WORDS.items():
            if word.startswith(" ".join(words)):
                found = True
                yield Hit(2.0, Content(f"{word}: what is that?"), self._telling(f"{word}: {meaning}"), help=meaning)
        if isinstance(self.screen, Host):
            for score, jumps in enumerate((self._decisions, self._accounts, self._items), 1):
                for title, go, where in islice(jumps(self.screen, words), _MOST):
                    found = True
                    yield Hit(score / 2, Content(plain(clip(title, 60))), go, help=where)
        if not found:
            for row, key in self._named():
                if (match := matcher.match(row.name)) > 0:
                    yield Hit(match, matcher.highlight(row.name), self._runner(row.runs), help=f"key {key}")

    def _telling(self, sentence: str) -> Callable[[], None]:
        def tell() -> None:
            self.app.notify(sentence, markup=False, timeout=10)

        return tell

    @staticmethod
    def _items(board: Host, words: list[str]) -> Iterator[Jump]:
        """Items of the plan and the backlog that have all the words."""

        def going(item: int) -> Callable[[], None]:
            def go() -> None:
                board.search_for("")
                board.go_to(item)

            return go

        now = board.session.now
        for entry in (*now.plan.entries, *now.below, *now.inbox):
            if _holds(f"{entry.item.title} {entry.item.source_key or ''}", words):
                yield entry.item.title, going(entry.item.id), "to the item"

    @staticmethod
    def _accounts(board: Host, words: list[str]) -> Iterator[Jump]:
        """Accounts whose name has all the words."""

        def going(account: int) -> Callable[[], None]:
            def go() -> None:
                from tui.accounts.accounts_flow import accounts_at

                board.app.push_screen(accounts_at(board, account))

            return go

        for account in sorted(board.session.state.all(Customer).values(), key=lambda each: each.name.casefold()):
            if _holds(account.name, words):
                yield account.name, going(account.id), "to the account"

    @staticmethod
    def _decisions(board: Host, words: list[str]) -> Iterator[Jump]:
        """Decisions that stand whose title has all the words, newest first."""

        def going(decision: int) -> Callable[[], None]:
            def go() -> None:
                from tui.decisions.log_screen import History

                board.app.push_screen(History(board.session, board.where, on=decision))

            return go

        for decision in sorted(board.session.state.all(Decision).values(), key=lambda each: -each.id):
            if _holds(decision.title, words):
                yield decision.title, going(decision.id), "to the decision"

    def _runner(self, action: str) -> Callable[[], Coroutine[None, None, None]]:
        screen = self.screen

        async def run() -> None:
            await screen.run_action(action)

        return run


def _begun(names: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each of the words that were typed begins one of these."""
    return all(any(name.startswith(word) for name in names) for word in words)


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text.casefold() for word in words)
