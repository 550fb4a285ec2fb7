"""The quarter graded on screen: a row opens the decision behind it, and takes what is known now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from scenarios.figures.sizes import format_ew
from scenarios.plan.mix import Mix
from tui.plan_view.pie import Pie, Wedge
from tui.reports.paper_screen import PaperScreen
from tui.rules.record_screen import RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow

#: Its pies: the baseline, the last plan, what it took.
_PIES = 3


class QuarterScreen(PaperScreen):
    """Left with Esc. Where there is room, three pies stand over its rows."""

    DEFAULT_CSS = """
    QuarterScreen #pies { height: 11; margin-top: 1; padding: 0 1; }
    QuarterScreen.-wide.-tall #pies { height: 18; }
    QuarterScreen.-short #pies, QuarterScreen.-narrow #pies, QuarterScreen #pies.-none { display: none; }
    QuarterScreen #pies Pie { height: 1fr; margin: 0 1; }
    QuarterScreen #pies Pie.-none { display: none; }
    """
    KEYS = Keys(
        "The quarter graded",
        Key("graded.open", "enter", "The decision that let it in", "see('open')", bar="its decision"),
        Key(
            "graded.tell",
            "e",
            "Say what came of it: who uses it, was it validated",
            "ask('tell')",
            bar="what came of it",
        ),
        Key(
            "graded.adopted",
            "a",
            "Say how many accounts adopted it, 90 days after it shipped",
            "ask('adopted')",
            bar="who adopted it",
        ),
        Key("graded.review", "v", "Review a decision: keep, change or close it", "ask('review')", bar="review it"),
        Key("graded.earlier", "left_square_bracket", "The quarter before", "see('earlier')", bar="quarter before"),
        Key("graded.later", "right_square_bracket", "The quarter after", "see('later')", bar="quarter after"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def head(self) -> ComposeResult:
        """The heading, and the pies."""
        yield ScreenHead()
        with Horizontal(id="pies", classes="-none"):
            for _ in range(_PIES):
                yield Pie()

    def show_head(self) -> None:
        """Which quarter it is, too, and its three mixes."""
        super().show_head()
        if self.paper is not None:
            self.query_one(ScreenHead).show(self.paper.title.upper(), self.paper.about)
        mixes = [] if self.paper is None else [mix for part in self.paper.parts for mix in part.pies]
        self.query_one("#pies").set_class(not mixes, "-none")
        for at, pie in enumerate(self.query(Pie)):
            pie.set_class(at >= len(mixes), "-none")
            if at < len(mixes):
                _show_pie(pie, *mixes[at])

    def action_open(self) -> None:
        """Two clicks do what enter does."""
        self.action_see("open")

    def action_see(self, name: str) -> None:
        """Look at something else: a seat that may only read may do that, too."""
        self.run_worker(self._ask(name), exclusive=True, group="ask")

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """The keys that work on a row."""
        kind = row.kind if row is not None else ""
        own = {"outcome": ("open", "tell", "adopted"), "review": ("open", "review")}.get(kind, ())
        return (
            *self.KEYS.hints(*own),
            *RecordScreen.KEYS.hints("why"),
            *self.KEYS.hints("earlier", "later"),
            *PaperScreen.KEYS.hints("write"),
            *RecordScreen.KEYS.hints("leave"),
        )


def _show_pie(pie: Pie, name: str, mix: Mix) -> None:
    pie.title = name
    pie.show(
        [Wedge(part.letter, part.share, part.said) for part in mix.slices],
        [Wedge(part.letter, part.aim) for part in mix.slices],
        None,
        f"{format_ew(sum(part.ew for part in mix.slices))}\new",
        # Not up against the name of the next one.
        "outer ring aim now  ",
    )
