"""All of the board's keys by name, in the command palette."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.widgets.keys import Keys


class BoardCommands(Provider):
    """Every key of the present screen that has a name."""

    def _named(self) -> Iterator[tuple[str, str, str]]:
        """(name, keys, action) of each."""
        rows: Keys | None = getattr(self.screen, "KEYS", None)
        for row in rows or ():
            if row.show and (keys := row.hint().keys(self.app)):
                yield row.name, keys, row.runs

    async def discover(self) -> Hits:
        """All of them."""
        for name, key, action in self._named():
            yield DiscoveryHit(name, self._runner(action), help=f"key {key}")

    async def search(self, query: str) -> Hits:
        """Those that match what is typed."""
        matcher = self.matcher(query)
        for name, key, action in self._named():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), self._runner(action), help=f"key {key}")

    def _runner(self, action: str) -> Callable[[], Coroutine[None, None, None]]:
        screen = self.screen

        async def run() -> None:
            await screen.run_action(action)

        return run
