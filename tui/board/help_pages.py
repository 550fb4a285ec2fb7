"""The pages of the help, a question each, and ``docs/how-to.md`` that is made of them.

A name in braces is a row of a table of keys: it becomes the key that the row has now. A line that begins with one tells
what that key does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

#: Keys that the pages name, whose tables are read with these files.
from tui.capacity.keys import CAPACITY as CAPACITY
from tui.plan_view.keys import APP as APP
from tui.plan_view.keys import BOARD as BOARD
from tui.snapshots.plans_screen import Scenarios as Scenarios
from tui.trade_sheet.keys import TRADE as TRADE
from tui.widgets.keys import key_named

_ROW = re.compile(r"\{([a-z]+\.[a-z0-9_-]+)\}")
_FIRST = re.compile(rf"((?:{_ROW.pattern} ?)+) +(?=\S)")


@dataclass(frozen=True)
class HelpPage:
    """A question, what is said to it, and words of others for what it is about."""

    question: str
    lines: tuple[str, ...]
    also: str = ""

    def said(self) -> list[str]:
        """Its lines, with the keys as they are now."""
        return [_with_keys(line) for line in self.lines]

    def found(self, words: Sequence[str]) -> int:
        """How well it answers: 3 where the question has all the words, 2 with the words of others, 1 with its text."""
        texts = (self.question, f"{self.question} {self.also}", " ".join((self.question, self.also, *self.lines)))
        for rank, text in zip((3, 2, 1), texts, strict=True):
            there = re.findall(r"[\w§#>$@/!+-]+", _ROW.sub("", text.casefold()))
            if all(any(_alike(word, each) for each in there) for word in words):
                return rank
        return 0


def _alike(typed: str, word: str) -> bool:
    """Whether a word begins as typed, or what is typed is a form of it: sorting, decided, customers."""
    return word.startswith(typed) or (len(word) > 3 and typed.startswith(word))


# fmt: off
PAGES: tuple[HelpPage, ...] = (
    HelpPage("How do I begin?", (
        "{board.start}  lists the first steps: what is done, what is missing, and its key. The same stand in a line on"
        " the board until the plan is agreed. Take them in any order.",
        "{board.tour}  begins the tour of the demo: ten steps in the real app. It can be left and taken up again.",
        "{app.palette}  finds every command, every item and every word by what you call it.",
        "Nothing can go wrong for good: {board.undo} takes back any step, also tomorrow.",
    ), "start tutorial learn first setup new"),
    HelpPage("How do I bring in my backlog?", (
        "{board.import}  reads a file: CSV, Excel, JSON, or the export of a tracker.",
        "You see first what each column is taken for, each row as it would be, and each row that is not taken, with the"
        " reason. Nothing is written until you take it in.",
        "Items come in below the line. Reading the same file again changes nothing; a newer one is compared.",
        "docs/imports.md tells what is read from which tool.",
    ), "import spreadsheet csv excel jira linear load upload file"),
    HelpPage("How do I say what the teams can do?", (
        "{board.capacity}  opens capacity: teams and people by weeks.",
        "{capacity.plain}  sets the net of a team as a plain number of engineer-weeks.",
        "{capacity.heads}  counts it from so many people instead; {capacity.person} adds one by name.",
        "{capacity.team}  makes a team.",
        "Net is what is left for planned work: ten engineers for thirteen weeks are 130 before holidays, leave, focus"
        " and interrupts.",
    ), "capacity team people engineers headcount hire velocity net"),
    HelpPage("How do I size what has no estimate?", (
        "{board.search}  with is:unsized finds what has none.",
        "{board.size}  sizes the row, as a T-shirt (S M L X) or as low-likely-high, such as 2-3-5.",
        "What has no size stays below the line. {board.tables} changes what a T-shirt means.",
    ), "estimate points effort t-shirt unsized"),
    HelpPage("How do I put the best first?", (
        "{board.order}  sorts once by value, priority, size, due day or waiting revenue, or moves the row to a place.",
        "{board.up} {board.down}  move the row up or down.",
        "{board.mark}  marks several rows, which then move together; {board.bulk} edits them as one.",
        "{board.worth}  gives the row its value: your own number, RICE, ICE, WSJF or cost of delay.",
    ), "rank order sort prioritise prioritize priority value score"),
    HelpPage("How do I make the plan, and agree on it?", (
        "{board.fill}  takes items in rank order until the odds come down to the target.",
        "{board.cross}  takes the row below the line, or asks it in.",
        "{board.baseline}  stamps the plan as agreed. What comes in later is unplanned, and marked +.",
        "Where there are several teams, the first fill asks whether the target is of the whole plan or of each team.",
    ), "fill baseline commit freeze draft approve"),
    HelpPage("How do I ask for something new?", (
        "{board.add}  takes a request in one line: Audit log ~2-3-5 #oneoff >Acme $480k@60% by:Ann team:Pay",
        "~ is its size, # its slice, > who waits for it, $ the deal and @ how likely it is. What is not understood"
        " stays in the title.",
        "What fits goes in at once. What does not opens the trade sheet.",
        "{board.inbox}  goes through the requests that wait.",
    ), "add request feature ticket create new ask"),
    HelpPage("What do I do when it does not fit?", (
        "The trade sheet is up: it lists the best sets to give up, each best on one thing that it names.",
        "{trade.pick1}  takes the first set, {trade.pick2} the second. Pie and odds show what that does.",
        "{trade.mark}  marks by hand what gives way. {trade.other} goes from the sets to the items.",
        "{trade.confirm}  asks who decided and why, then records it. It works once the odds reach the target.",
        "{board.help}  says why these sets, and why not another item.",
        "{trade.back}  leaves the plan as it was. The request waits in the inbox.",
    ), "trade swap give up drop room short full capacity"),
    HelpPage("How do I say no, later, or smaller?", (
        "{trade.open}  in the trade sheet lists the ways out: a pilot, a first version, a partner, services, a later"
        " quarter. Each says what it frees and the odds then.",
        "{trade.below}  there leaves it below the line: good, not now. {trade.decline} declines it with a reason.",
        "{board.decline}  declines a request that waits in the inbox.",
    ), "decline reject refuse defer postpone way out alternative"),
    HelpPage("How do I squeeze it in all the same?", (
        "{trade.sign}  in the trade sheet signs for going below the target: it asks for a name and a reason.",
        "The signature stays in the header and on every page until somebody clears it.",
        "{board.exceptions}  lists what was signed for and stands.",
        "{board.charter}  says who holds the right to sign.",
    ), "over-commit signature exception risk squeeze sign"),
    HelpPage("Who may decide?", (
        "{board.charter}  is the charter: roles, decision rights, principles, and the figures of the rules.",
        "There is no log-in. makeroom records who is said to decide, to sign and to be there; the charter gives a right"
        " to a role, by name.",
        "Start with --as NAME, and that name is offered where a decision asks for one.",
    ), "rights roles rules permission charter login decide"),
    HelpPage("Who waits for it, and what do they pay?", (
        "{board.waits}  lists who waits for the row, with renewals and revenue, each account once.",
        "{board.accounts}  lists the accounts: what each pays, when it renews, what it waits for.",
        "{board.facts}  lists facts of a request: what a yes postpones, who waits for that, how earlier asks ended.",
        "{board.card}  is the card of a request: problem, demand, deal, hidden costs, claims.",
    ), "customer account revenue renewal arr client demand crm"),
    HelpPage("How do I raise the odds?", (
        "{board.levers}  lists the single changes that buy most: a cut, a smaller version, a hire.",
        "{board.frontier}  draws how much value there can be for each odds.",
        "The column “cut” says of each row what the odds gain if it leaves.",
        "{board.capacity}  then {capacity.part} changes the target itself: that is a decision, too.",
    ), "odds improve lever frontier better chance probability"),
    HelpPage("What if somebody leaves, or joins?", (
        "{board.capacity}  shows people by weeks; the odds move with each key.",
        "{capacity.leaves}  on a week: the person leaves the team from then on. {capacity.joins} joins on a day.",
        "{capacity.leave}  takes leave over days, {capacity.less} half a day.",
        "{capacity.confirm}  confirms. Below the target, the trade sheet opens.",
    ), "capacity person hire leave holiday vacation sick resign"),
    HelpPage("How do I settle a fight over a size?", (
        "{board.flip}  says whether the size matters: the point from which the decision would be another one.",
        "{board.size}  sizes the row. There, a hidden round asks each of you, and shows how far apart you are.",
        "Often one question is left: is it over so many weeks, or not?",
    ), "flip point estimate dispute poker round size argue"),
    HelpPage("How do I find something?", (
        "{board.search}  takes words, and team: customer: owner: slice: priority: value>5 due<2027-03-31 is:unsized.",
        "{app.palette}  goes to an item, an account or a decision, or runs a command, by a part of its name.",
        "{board.view}  groups the list, chooses its columns, and keeps searches by name.",
        "{board.leave}  clears the search.",
    ), "search filter find group columns where"),
    HelpPage("How do I take something back?", (
        "{board.undo}  takes back the last step that you did; {board.redo} does it again. There is no limit.",
        "{board.history}  lists every decision in full: who asked, what was on the table, who dissented.",
        "{board.travel}  shows plan, pie and odds as they were at each decision.",
    ), "undo redo revert mistake history log past"),
    HelpPage("How do I try something without changing the plan?", (
        "{board.scenarios}  lists the plans. {scenarios.branch} on one of them branches a scenario, in which you work"
        " as in the plan; {scenarios.make} makes it the plan.",
        "{board.compare}  puts plans side by side, and lists only what differs. One line can be taken over.",
        "That is one decision: one {board.undo} takes it back.",
    ), "what if scenario branch snapshot compare difference alternative"),
    HelpPage("What did we promise?", (
        "{board.commitments}  lists what was promised to whom by when. Promised rows have a §.",
        "{board.date}  says by which day the row is done, at 50% and at 85%.",
        "A promise ends when it is kept, or when somebody takes it back and says why.",
    ), "commitment promise deadline due date contract when done"),
    HelpPage("How do I tell how the quarter goes?", (
        "{board.progress}  records progress: tenths done, done, what is left. Fifteen items take two minutes.",
        "{board.interrupt}  records an interrupt in one line: 2d Pay: outage >Acme",
        "From then on all figures are of what is left. {board.burn} draws the burn chart.",
        "{board.left}  turns the pie from the whole quarter to what is left, and back.",
    ), "progress status burn interrupt escalation week standup"),
    HelpPage("How do I close the quarter, and look back?", (
        "{board.close}  closes it: asks what each item took, and opens the next quarter with what is left.",
        "{board.reports}  lists the reports: the month, the quarter graded, accounts.",
        "{board.look}  looks back at an export of finished issues; no plan is needed for that.",
        "The odds learn from what things took: the second quarter's are your own.",
    ), "close end retrospective report month graded actuals history"),
    HelpPage("How do I tell the others?", (
        "{board.memo}  writes the memo of a meeting: for the team, for executives, for one account.",
        "{board.export}  writes plan, decisions and tables to a file. {board.copy} copies the row.",
        "{board.since}  tells what happened since you were here.",
    ), "memo export share email slack copy summary pdf"),
    HelpPage("How do I show it on a wall?", (
        "{board.project}  turns to large figures, few columns, whole titles and more contrast.",
        "{app.hide}  hides customers and amounts, in written files too, and shows them again.",
        "makeroom follow  at a shell opens a seat that goes where the lead goes, and changes nothing.",
        "{board.who}  tells who is here, what is on the table, and how long it has been.",
    ), "projector beamer wall screen redact hide private follow seats clock"),
    HelpPage("How do I make it look and work my way?", (
        "{board.theme}  turns from dark to light, {board.patterns} adds patterns to the colours.",
        "{board.view}  chooses columns and groups.",
        "makeroom config  at a shell shows what is kept, and gives keys of your own; keymap vim and arrows are there.",
        "makeroom --plain  draws nothing, and tells each change as a line: for screen readers.",
    ), "theme light dark colour color keys keymap settings config vim accessibility"),
    HelpPage("Is my work safe?", (
        "All is saved as it happens. {board.quit} quits at any time.",
        "A verified copy is made in each hour in which something changed.",
        "makeroom verify  at a shell looks through the whole record; makeroom restore lists the copies.",
        "Nothing leaves this machine.",
    ), "save backup restore lost crash data privacy where file"),
)
# fmt: on


def _with_keys(line: str, mark: Callable[[str], str] = lambda key: key) -> str:
    """A line with its keys; those that it begins with in a column."""
    first = _FIRST.match(line)
    before, rest = (first[1], line[first.end() :]) if first is not None else ("", line)
    keys = " ".join(mark(key_named(name)) for name in _ROW.findall(before))
    rest = _ROW.sub(lambda found: mark(key_named(found[1])), rest)
    return f"  {keys:<7}  {rest}" if keys else rest


def rows_named() -> Iterator[str]:
    """The ids of all keys that the pages name."""
    for page in PAGES:
        for line in page.lines:
            yield from _ROW.findall(line)


def how_to_page() -> str:
    """``docs/how-to.md``."""
    parts = [
        "# How do I ...\n\nThe pages of the help, with the default keys: `?` on the board finds them by any word, "
        "and shows the keys as you have set them.\n"
    ]
    for page in PAGES:
        parts.append(f"\n## {page.question}\n\n")
        for line in page.lines:
            text = " ".join(_with_keys(line, lambda key: f"`{key}`").split())
            parts.append(f"- {text}\n")
    return "".join(parts)
