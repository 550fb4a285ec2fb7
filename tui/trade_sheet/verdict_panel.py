"""The verdict in the trade sheet: who decided and why, whose signatures it takes, whether the purse pays, and what else
goes on record. Enter twice records it where nothing more is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from scenarios.trade.changes import now
from scenarios.verdict.questions import BREAKS, FIELDS, OPTIONAL, Asking, line_of
from scenarios.verdict.settlement import Question, RoomDecision
from scenarios.verdict.signatures import NeededSignature
from store.common.errors import Refused
from store.common.text import sentence
from tui.trade_sheet.keys import VERDICT
from tui.widgets.line_input import LineInput

_SAYS = "enter twice records it; both may stay empty.   ↓ who was there, dissent   esc back"
_SIGNS = "A signature stays on every screen. There is no log-in: kept is who is said to sign."


class VerdictPanel(VerticalScroll, can_focus=False):
    """Lines to type in; what was typed stays in :attr:`typed` until the sheet is closed, and beyond by the drafts."""

    DEFAULT_CSS = """
    VerdictPanel { height: auto; max-height: 18; display: none; background: $panel; padding: 0 1; }
    VerdictPanel #verdict-more { height: auto; }
    VerdictPanel Horizontal { height: 1; }
    VerdictPanel .label { width: 13; color: $text-muted; }
    VerdictPanel .why { width: 9; color: $text-muted; padding-left: 1; }
    VerdictPanel Input { width: 1fr; }
    VerdictPanel .signer { width: 22; }
    VerdictPanel #verdict-says { height: auto; color: $text-muted; }
    VerdictPanel .need { height: auto; color: $warning; }
    VerdictPanel .purse { width: 1fr; height: auto; }
    VerdictPanel .purse-line { height: auto; }
    VerdictPanel .yes { width: 8; }
    VerdictPanel .absent { height: auto; color: $warning; display: none; }
    VerdictPanel .absent.-said { display: block; }
    """
    KEYS = VERDICT
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, decided: Callable[[Question, RoomDecision], None]) -> None:
        """``decided`` is told what the room decided."""
        super().__init__(id="verdict")
        self._decided = decided
        #: what stands in the lines, by field
        self.typed: dict[str, str] = {}
        #: who decided last at this seat, and who was there then
        self.last: dict[str, str] = {}
        self._asking: Asking | None = None
        self._default = ""
        self._made: tuple[object, ...] = ()
        self._purse: Static | None = None
        self._absent: Static | None = None
        self._lines: dict[str, LineInput] = {}

    def compose(self) -> ComposeResult:
        """What is asked of everybody; the other lines come with what is asked."""
        yield Static("", id="verdict-says", markup=False)
        for name, label in (("by", "decided by"), ("because", "because")):
            with Horizontal():
                yield Static(label, classes="label")
                yield LineInput(id=name, name=name, compact=True)
        yield Vertical(id="verdict-more")

    def on_mount(self) -> None:
        """Know the lines by their fields; what was asked for meanwhile is asked now."""
        self._lines = {name: self.query_one(f"#{name}", LineInput) for name in ("by", "because")}
        self.fill(self.typed)
        if self._asking is not None:
            self.ask(self._asking)

    # -------------------------------------------------- beginning and ending

    def begin(self) -> None:
        """Nothing is typed yet, but who was there when it was last said."""
        self._asking, self._default = None, ""
        self.fill({"present": self.last["present"]} if "present" in self.last else {})

    def fill(self, typed: Mapping[str, str]) -> None:
        """Put what was typed once into the lines again."""
        self.typed = {name: text for name, text in typed.items() if text}
        for name, line in self._lines.items():
            self._write(line, self.typed.get(name, ""))

    def ask(self, asking: Asking) -> None:
        """Ask for the verdict; what was typed before is there."""
        with suppress(Refused):
            # A principle that is not known is spoken of when the verdict is given.
            asking = asking.heeding(self.typed)
        self._asking = asking
        if not self._lines:
            return
        if self.typed.get("by", "") == self._default:
            self._default = asking.decider(self.last.get("by", "") or str(getattr(self.app, "speaker", "")))
            self.typed["by"] = self._default
            self._write(self._lines["by"], self._default)
        self._make_lines(asking)
        self.say(_SIGNS if asking.needed else _SAYS)
        self._show()
        self._lines["by"].focus()

    def say(self, words: str) -> None:
        """A sentence above the lines."""
        self.query_one("#verdict-says", Static).update(Content(words))
        self.scroll_home(animate=False)

    def _make_lines(self, asking: Asking) -> None:
        made = (tuple((need.key, need.words) for need in asking.needed), asking.of_purse, asking.has_principles)
        if made == self._made:
            for name, line in self._lines.items():
                self._write(line, self.typed.get(name, ""))
            return
        self._made = made
        self._lines = {name: self._lines[name] for name in ("by", "because")}
        rows: list[Widget] = []
        for need in asking.needed:
            rows.append(Static(Content(f"✎ {need.words}"), classes="need", markup=False))
            signer, reason = self._line(line_of(need, "signer"), "signer"), self._line(line_of(need, "reason"))
            labels = Static("signed by", classes="label"), Static("because", classes="why")
            rows.append(Horizontal(labels[0], signer, labels[1], reason))
        self._purse = None
        if asking.of_purse:
            self._purse = Static("", classes="purse", markup=False)
            rows.append(Horizontal(Static("purse", classes="label"), self._line("purse", "yes"), self._purse))
            rows[-1].add_class("purse-line")
        self._absent = Static("", classes="absent", markup=False)
        rows.append(self._absent)
        for name, (label, hint) in {**OPTIONAL, **(BREAKS if asking.has_principles else {})}.items():
            line = self._line(name)
            line.placeholder = hint
            rows.append(Horizontal(Static(label, classes="label"), line))
        more = self.query_one("#verdict-more", Vertical)
        more.remove_children()
        more.mount(*rows)

    def _line(self, name: str, classes: str = "") -> LineInput:
        self._lines[name] = LineInput(self.typed.get(name, ""), name=name, compact=True, classes=classes)
        return self._lines[name]

    def _write(self, line: Input, text: str) -> None:
        if line.value != text:
            with line.prevent(Input.Changed):
                line.value = text

    # -------------------------------------------------- while typing

    def on_input_changed(self, event: Input.Changed) -> None:
        """What follows from who decides moves while typing."""
        event.stop()
        if event.input.name is not None and self._lines.get(event.input.name) is event.input:
            self.typed[event.input.name] = event.value
            self._show()

    def _show(self) -> None:
        """Who would sign, what the purse says, and who is not there."""
        asking, typed = self._asking, self.typed
        if asking is None:
            return
        by = typed.get("by", "")
        for need in asking.needed:
            self._lines[line_of(need, "signer")].placeholder = asking.signer(need, by)
            self._lines[line_of(need, "reason")].placeholder = typed.get("because", "")
        # These may be on their way to the screen yet: they are not to be found there.
        if self._purse is not None:
            self._purse.update(Content(f" {asking.purse_words(by)[0]}"))
            self._lines["purse"].placeholder = "yes" if asking.pays({**typed, "purse": ""}) else "no"
        if self._absent is not None:
            words = ", ".join(asking.shrinking(typed.get("present", "")))
            self._absent.update(Content(f"shrinks: {words}"))
            self._absent.set_class(bool(words), "-said")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From name to reason, to the signatures that somebody else has to give, to the record."""
        event.stop()
        name, asking = event.input.name or "", self._asking
        if asking is None:
            return
        if name == "by":
            self._lines["because"].focus()
        elif name.startswith("signer:"):
            self._lines[name.replace("signer:", "reason:", 1)].focus()
        else:
            self._go_on(asking)

    def _go_on(self, asking: Asking) -> None:
        """To the record, or to what is still missing for it."""
        try:
            heeding = asking.heeding(self.typed)
        except Refused as error:
            self._refuse(error)
            return
        if heeding is not asking:
            # What it takes now is to be seen before it is given.
            self.ask(heeding)
            self.call_after_refresh(self._show_new, heeding, asking)
        elif unseen := asking.unseen(self.typed):
            self._prefill(asking, unseen[0])
        else:
            self._record(asking)

    def _show_new(self, asking: Asking, before: Asking) -> None:
        """The lines are there: to the first signature that nobody was asked for before."""
        known = {need.key for need in before.needed}
        new = next((need for need in asking.needed if need.key not in known), None)
        if asking is self._asking and new is not None:
            self._prefill(asking, new)

    def _prefill(self, asking: Asking, need: NeededSignature) -> None:
        """Who holds the right and the reason that was given: to be looked at, and taken or typed over."""
        signer = self._lines[line_of(need, "signer")]
        reason = self._lines[line_of(need, "reason")]
        signer.value = asking.signer(need, self.typed.get("by", ""))
        if not reason.value.strip():
            reason.value = self.typed.get("because", "")
        signer.focus()

    def _record(self, asking: Asking) -> None:
        try:
            decision = asking.read(self.typed, now())
        except Refused as error:
            self._refuse(error)
            return
        self.last = {"by": self.typed.get("by", ""), "present": self.typed.get("present", "")}
        self._decided(asking.question, decision)

    def _refuse(self, error: Refused) -> None:
        self.say(sentence(error))
        self._lines.get(error.field, self._lines["by"]).focus()

    def action_go(self, step: int) -> None:
        """To the line below or above."""
        order = [*self._order()]
        at = next((place for place, line in enumerate(order) if line.has_focus), 0)
        order[(at + step) % len(order)].focus()

    def _order(self) -> list[LineInput]:
        signatures = [name for name in self._lines if name not in FIELDS]
        names = ["by", "because", *signatures, "purse", *OPTIONAL, *BREAKS]
        return [self._lines[name] for name in names if name in self._lines]
