"""A debrief as a report: each line with the moment that it quotes, beside other plays, and the questions at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scenarios.figures.amounts import odds_percent, percent
from scenarios.practice.case import Case
from scenarios.practice.debrief import TOPICS, Debrief
from scenarios.reports.paper import Paper, PaperPart, PaperRow, PaperTable, Sentence

#: The kinds of the rows whose moment can be gone to, by the number of the line: its words, and what it quotes.
MOMENT, QUOTE = "moment", "quote"
_LATER = "What it trains, what to talk about, and which ends can be defended, is told when the play is over."
_HEADS = (
    *("play", "answers", "options", "neither", "asked before", "after", "hidden", "signed", "not heard", "odds"),
    *("one-offs", "minutes", "told alike"),
)


def debrief_paper(
    debrief: Debrief, case: Case, others: Sequence[Debrief] = (), questions: Iterable[str] = (), *, over: bool
) -> Paper:
    """The report of a play; ``others`` are earlier plays of the case and those of other rooms.

    What the case trains, and which ends it has, is told once the play is ``over``.
    """
    when = f"{debrief.at.astimezone():%Y-%m-%d %H:%M}"
    parts = [
        PaperPart(name, tables=(PaperTable(("what was found, and its moment",), tuple(_rows(debrief, topic))),))
        for topic, name in TOPICS.items()
        if any(line.topic == topic for line in debrief.lines)
    ]
    if others:
        rows = [_compared(each, case) for each in (debrief, *others)]
        first = Sentence("No end is the right one: look at what was weighed before each.")
        parts.append(PaperPart("Beside other plays of this case", (first,), (PaperTable(_HEADS, tuple(rows)),)))
    parts += _told_at_the_end(case) if over else [PaperPart("The case", (Sentence(_LATER),))]
    parts.append(PaperPart("The last questions", tuple(map(Sentence, questions))))
    about = f"Played by {debrief.who or 'somebody'}, told {when} from the log alone. No answer is graded."
    return Paper(
        f"Debrief: {debrief.title}",
        about,
        (Sentence(_headline(debrief)),),
        tuple(parts),
    )


def _told_at_the_end(case: Case) -> Iterator[PaperPart]:
    if case.look_at:
        yield PaperPart("To talk about", tuple(Sentence(look.question) for look in case.look_at))
    ends = tuple(PaperRow((end.name, " ".join(end.why.split()))) for end in case.ends)
    yield PaperPart("Ends that can be defended", tables=(PaperTable(("end", "by what"), ends),))
    yield PaperPart("What the case trains", (Sentence(" ".join(case.note.split())),))


def _headline(debrief: Debrief) -> str:
    told = "; ".join(f"{title}: {answer}" for title, answer in debrief.figures.answers.items())
    return f"What came of it. {told}." if told else "Nothing was asked for in this play."


def _rows(debrief: Debrief, topic: str) -> Iterator[PaperRow]:
    for at, line in enumerate(debrief.lines):
        if line.topic == topic:
            quotes = line.event is not None
            yield PaperRow((line.words,), warns=line.warns, about=(MOMENT, at) if quotes else None)
            if quotes:
                yield PaperRow((f"  {line.quote}",), about=(QUOTE, at))


def _compared(debrief: Debrief, case: Case) -> PaperRow:
    found = debrief.figures
    return PaperRow(
        (
            f"{debrief.who} {debrief.at.astimezone():%d %b %H:%M}",
            ", ".join(found.answers.values()) or "none",
            *(str(number) for number in (found.options, found.neither, found.evidence_before, found.evidence_after)),
            *(str(number) for number in (found.hidden, found.signed, found.not_heard)),
            odds_percent(found.odds, case.quarter.target),
            percent(found.one_offs),
            "" if found.minutes is None else f"{found.minutes:.0f}",
            {None: "not told", True: "yes", False: "no"}[found.agree],
        )
    )
