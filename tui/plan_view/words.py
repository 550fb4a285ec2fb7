"""The words on screen and what they mean, in the order in which they are met; docs/words.md is made of them."""

from __future__ import annotations

from collections.abc import Mapping

#: What a word means, in a sentence.
WORDS: Mapping[str, str] = {
    "ew": "engineer-weeks: what one engineer does in a week; 1 ew is 5 engineer-days",
    "net": "capacity in ew after holidays, leave, focus and interrupts; gross is before them",
    "load": "the sum of the planned estimates, in ew",
    "odds": "the chance that everything in plan gets done within capacity, by simulation",
    "target": "how likely the plan, or what each team does of it, has to be: 70% until the room says otherwise",
    "aim": "the share that a slice should have",
    "room": "how many ew more would bring the odds down to the target",
    "short": "how many ew must leave to bring the odds back up to the target",
    "buffer": "what lies between load and net capacity: what honest odds cost",
    "item odds": "the chance that this item and all above it on its teams get done",
    "cut": "points of odds gained if this row left, or lost if it came in",
    "weeks": "in the table: effort in ew, from the low to the high estimate",
    "low-likely-high": "P10, P50 and P90 of effort: 1 in 10 takes less, half take less, 9 in 10 take less",
    "the line": "what is above it is in plan; what is below is good, but not now",
    "slice": "a kind of work: F features, I infrastructure, Q quality and debt, D discovery, O one-offs",
    "portfolio mix": "the shares of the slices, by planned effort; always 100% together",
    "gap": "points by which a slice is above or below its aim; of the mix: what would have to move in all",
    "one-off": "work that only one account, or two, would use; always in slice O",
    "purse": "how much of one-offs Sales may spend in a quarter by itself",
    "floor, ceiling": "the least and the most that a slice may have",
    "trade": "what comes in, what leaves for it, who decided and why",
    "swap": "a set of planned items that leaves for a request",
    "way out": "an answer besides yes and no: smaller, later, configured, bought, by a partner",
    "displaced": "out of the plan for something else",
    "deferred": "to a dated quarter",
    "over-commit": "a plan below its target that somebody with the right has signed for",
    "shortfall": "capacity that is missing since something changed, until it is settled",
    "baseline": "the plan as it was agreed; what comes in later is unplanned, and marked +",
    "unplanned": "entered after the baseline",
    "snapshot": "a frozen copy of the plan",
    "scenario": "another plan to try things in; the main plan stays as it is",
    "lever": "a single change that buys points of odds: a hire, a cut, a smaller version",
    "flip point": "the size at which the decision would be another one",
    "frontier": "the most value that there is for each odds",
    "charter": "who may decide what, by which rules",
    "principle": "a rule that the room gave itself, and that a refusal can cite",
    "exception": "a rule that was broken, by whom, for how long",
    "commitment": "what was promised to whom by when; marked §",
    "account": "a customer with revenue, term and renewal",
}
#: What people write for a word of ours, where one thing has one word.
INSTEAD_OF: Mapping[str, str] = {
    "story, ticket, epic": "item, or request while it only asks",
    "velocity, bandwidth": "capacity",
    "confidence": "odds",
    "allocation, bucket": "slice",
    "rejected, backlog": "below the line",
    "tradeoff": "trade",
    "client": "account",
    "deadline": "due",
    "plan of record": "baseline",
    "fork, branch": "scenario",
}


def words_page() -> str:
    """``docs/words.md``."""
    lines = [
        "# Words\n\n",
        "The words on screen, made from the list that `?` shows. One thing has one word.\n\n",
        "| Word | What it means |\n| --- | --- |\n",
        *(f"| {word} | {meaning} |\n" for word, meaning in WORDS.items()),
        "\n| Elsewhere | Here |\n| --- | --- |\n",
        *(f"| {word} | {ours} |\n" for word, ours in INSTEAD_OF.items()),
    ]
    return "".join(lines)
