"""All of a screen's keys by name and by what people call them, and every item, in the command palette."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Mapping

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.drawing.plain import clip, plain
from tui.flows.host import Host
from tui.plan_view.keys import APP
from tui.plan_view.words import WORDS
from tui.widgets.keys import Key, Keys

#: What people type for what has another name here.
SYNONYMS: Mapping[str, str] = {
    "board.add": "new request feature ticket ask create",
    "board.cross": "remove drop cut delete move out take in promote postpone defer",
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
    "board.theme": "dark light colours colors mode",
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
#: Items that are offered at most.
_MOST = 20


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
        """Those that match what is typed, by their own names before what people call them, and items by their words."""
        matcher, words = self.matcher(query), query.casefold().split()
        for row, key in self._named():
            also = SYNONYMS.get(row.id, "").split()
            if (score := matcher.match(row.name)) > 0:
                yield Hit(score, matcher.highlight(row.name), self._runner(row.runs), help=f"key {key}")
            elif words and all(any(each.startswith(word) for each in also) for word in words):
                yield Hit(2.0, Content(row.name), self._runner(row.runs), help=f"key {key}")
        for word, meaning in WORDS.items():
            if word.startswith(query.casefold().strip()) and words:
                yield Hit(1.0, Content(f"{word}: what is that?"), self._telling(f"{word}: {meaning}"), help=meaning)
        if words and isinstance(self.screen, Host):
            for title, go in self._items(self.screen, words):
                yield Hit(0.3, Content(plain(clip(title, 60))), go, help="to the item")

    def _telling(self, sentence: str) -> Callable[[], None]:
        def tell() -> None:
            self.app.notify(sentence, markup=False, timeout=10)

        return tell

    @staticmethod
    def _items(board: Host, words: list[str]) -> Iterator[tuple[str, Callable[[], None]]]:
        """Items of the plan and the backlog that have all the words, and what goes to each."""

        def going(item: int) -> Callable[[], None]:
            def go() -> None:
                board.search_for("")
                board.go_to(item)

            return go

        found = 0
        now = board.session.now
        for entry in (*now.plan.entries, *now.below, *now.inbox):
            text = f"{entry.item.title} {entry.item.source_key or ''}".casefold()
            if all(word in text for word in words):
                yield entry.item.title, going(entry.item.id)
                if (found := found + 1) >= _MOST:
                    return

    def _runner(self, action: str) -> Callable[[], Coroutine[None, None, None]]:
        screen = self.screen

        async def run() -> None:
            await screen.run_action(action)

        return run
