"""The request card: all that a request carries, a section at a time; enter opens the form of the one on the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from scenarios.figures.figure import Figure
from scenarios.plan.plan import entry_of
from scenarios.requests.card_sections import Section, figures_of, sections_of
from store.records import Item
from tui.dialogs.reading_screen import Reading
from tui.session.session import Session
from tui.widgets.block_table import Block
from tui.widgets.keys import Key, Keys


class RequestCard(Reading[str | None]):
    """Dismissed with what is wanted: ``edit:SECTION``, ``size``, ``facts``, ``waits``, ``deal``, ``pilot`` or
    ``escalated``; None after Esc.
    """

    KEYS = Keys(
        "The request card",
        Key("card.edit", "enter", "Fill in this section", "open", bar="fill in"),
        Key("card.size", "e", "Size it", "want('size')", bar="size"),
        Key("card.facts", "f", "Facts", "want('facts')", bar="facts"),
        Key("card.waits", "w", "Who waits for it", "want('waits')", bar="who waits"),
        Key("card.deal", "o", "How the deal ended", "want('deal')", bar="deal ended"),
        Key("card.pilot", "p", "How its pilot or proof of concept ended", "want('pilot')", bar="pilot ended"),
        Key("card.escalated", "exclamation_mark", "It was escalated", "want('escalated')", bar="escalated"),
        Key("card.leave", "r", "Back to the board", "leave", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    hints = (
        *KEYS.hints("edit", "size", "facts", "waits"),
        *Reading.KEYS.hints("why"),
        *KEYS.hints("deal", "pilot", "escalated"),
        *Reading.KEYS.hints("leave"),
    )

    def __init__(self, session: Session, item_id: int, section: str = "", where: str = "") -> None:
        """``section`` is the one that the cursor begins on."""
        super().__init__(session, where)
        self._item_id, self._begins = item_id, section
        self._sections: tuple[Section, ...] = ()

    def look(self) -> None:
        """Read the card again, in a thread; where the item is gone, there is nothing more to read."""
        if self._item_id in self.session.state.all(Item):
            self._read()
        else:
            self.dismiss(None)

    @work(group="card", exclusive=True)
    async def _read(self) -> None:
        state = self.session.state
        entry = entry_of(state, self._item_id)
        found = await asyncio.to_thread(sections_of, state, entry)
        if not self.is_attached:
            return
        self._sections = found
        missing = sum(len(section.missing) for section in self._sections)
        note = f"{missing} not given" if missing else "all given"
        self.show("REQUEST CARD", entry.item.title, note, [_block(each) for each in self._sections], self._begins)
        self._begins = ""

    @property
    def section(self) -> Section | None:
        """The section on the cursor."""
        return next((each for each in self._sections if each.key == self.table.key), None)

    def figures(self) -> Sequence[Figure]:
        """All figures of the card, those of the section on the cursor first."""
        own = figures_of([self.section]) if self.section is not None else ()
        return tuple(dict.fromkeys((*own, *figures_of(self._sections))))

    def action_open(self) -> None:
        """The form of the section."""
        if self.section is not None:
            self.dismiss(f"edit:{self.section.key}")

    def action_want(self, what: str) -> None:
        """Something else about the same item."""
        self.dismiss(what)


def _block(section: Section) -> Block:
    lines = [(line.text, "text") for line in section.lines]
    if section.not_given:
        lines.append((section.not_given, "muted"))
    return Block(section.title, tuple(lines), section.key)  # type: ignore[arg-type]
