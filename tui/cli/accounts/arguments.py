"""The arguments of ``makeroom accounts`` and of the commands that change one, deals and the currency."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, make_working


def add_accounts(commands: Commands) -> None:
    """All but the import."""
    make_working(
        commands,
        "accounts",
        "accounts.accounts",
        "Show the accounts: what each pays a year, when it renews next, and what it waits for; most revenue first, and "
        "a total that counts each once. Names that look like one account are said.",
        "  makeroom accounts\n  makeroom accounts --json",
        function="listing",
    )
    one = make_working(
        commands,
        "account",
        "accounts.accounts",
        "Show an account, by its name however it is spelled; or change what is known of it, make it, merge it.",
        "  makeroom account 'Northwind Traders'\n"
        "  makeroom account Northwind --arr 180k --renews 2027-03-01 --owner Dana\n"
        "  makeroom account 'Contoso Ltd' --new --arr 95000 --term 24\n"
        "  makeroom account 'NORTHWIND Inc.' --merge-into 'Northwind Traders'",
    )
    one.later = lambda: _add_account(one)
    deal = make_working(
        commands,
        "deal",
        "accounts.accounts",
        "Say how the deal behind a request ended: won, lost or withdrawn, on which day, and what was signed.",
        "  makeroom deal 'Offline mode' won --amount 480k --day 2027-03-14\n"
        "  makeroom deal 'Offline mode' open                 it has not ended",
    )
    deal.later = lambda: _add_deal(deal)
    revenue = make_working(
        commands,
        "revenue",
        "accounts.accounts",
        "Say that an account's yearly revenue changed: new, expansion, contraction or churn, on which day and by how "
        "much. What it pays on record moves with it; --already yes leaves that. makeroom report accounts tells "
        "retention from it.",
        "  makeroom revenue Northwind expansion --amount 20k --day 2026-11-14\n"
        "  makeroom revenue Contoso churn                    all that it pays, today",
        function="told",
    )
    revenue.later = lambda: _add_told(revenue, "revenue")
    word = make_working(
        commands,
        "account-word",
        "accounts.accounts",
        "Say what an account means beyond what it pays: retention risk, expansion, reference value, market signal or "
        "precedent risk, from 0 to 3, with a line of evidence. Without a score the word is taken off.",
        "  makeroom account-word Northwind 'retention risk' --score 2 --because 'two escalations this quarter'\n"
        "  makeroom account-word Northwind 'retention risk'                    nothing is said of it any more",
        function="told",
    )
    word.later = lambda: _add_told(word, "account-word")
    onboarding = make_working(
        commands,
        "onboarding",
        "accounts.accounts",
        "Say that a step of an account's onboarding was done: signed, kickoff, security review, implementation, "
        "training, live or adopted. Time to value is the days from signed to adopted, the first meaningful use; "
        "makeroom report accounts tells its median against the charter's aim.",
        "  makeroom onboarding Northwind signed --day 2026-10-01\n"
        "  makeroom onboarding Northwind adopted             today\n"
        "  makeroom onboarding Northwind adopted --day ''    it was not",
        function="told",
    )
    onboarding.later = lambda: _add_told(onboarding, "onboarding")
    level = make_working(
        commands,
        "service-level",
        "accounts.accounts",
        "Say that a service level was promised to an account, whether it is met, and what a miss costs. What is not "
        "said stays as it is. makeroom report accounts and the month tell targets met of those in all.",
        "  makeroom service-level Northwind 'uptime 99.9%' --met no --miss-costs 20k\n"
        "  makeroom service-level Northwind 'uptime 99.9%' --met 'taken off'    it is promised no more",
        function="told",
    )
    level.later = lambda: _add_told(level, "service-level")
    currency = make_working(
        commands,
        "currency",
        "accounts.accounts",
        "Show the currency in which all amounts are, or give them another one. Where amounts are on record, --rate "
        "says what one of the present currency is in the new one; --rate 1 leaves the numbers as they are.",
        "  makeroom currency\n  makeroom currency EUR --rate 0.92",
    )
    currency.later = lambda: _add_currency(currency)


def _add_account(one: Parser) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.accounts import ACCOUNT

    one.add_argument("account", metavar="NAME", help="its name, or a part that no other has")
    add_asks(one, ACCOUNT)
    one.add_argument("--new", action="store_true", help="make it")
    one.add_argument("--merge-into", metavar="NAME", help="the account that it becomes one with")
    one.add_argument("--apart", action="store_true", help="it differs from those spelled like it; nobody asks again")
    one.add_argument("--remove", action="store_true", help="remove it, where it neither waits nor asked")


def _add_deal(one: Parser) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.accounts import DEAL

    one.add_argument("item", metavar="REQUEST", help="its title, a part that no other has, its key or its number")
    add_asks(one, DEAL)


def _add_told(one: Parser, name: str) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.accounts import ACCOUNTS

    one.add_argument("account", metavar="NAME", help="its name, or a part that no other has")
    add_asks(one, next(plain for plain in ACCOUNTS if plain.name == name))


def _add_currency(one: Parser) -> None:
    from tui.cli.plain_change import add_options
    from tui.forms.accounts import CURRENCY

    one.set_defaults(description=CURRENCY)
    one.add_argument("currency", metavar="CODE", nargs="?", help="its code, as EUR, GBP or CHF")
    add_options(one, [ask for ask in CURRENCY.asks if ask.name != "currency"])
