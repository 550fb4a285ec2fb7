"""A request in one line: every field that it names is filled, and no word is ever lost."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scenarios.figures.sizes import Range
from scenarios.requests.quick_add import RequestDraft, asks_whose, parse_line, slice_letter
from store.records import Customer, Shirt, Slice, Team
from tests.scenarios.making import empty

STATE = empty((30.0, 20.0))
SLICES, TEAMS, SHIRTS = STATE.all(Slice).values(), STATE.all(Team).values(), STATE.all(Shirt).values()


def read(line: str) -> RequestDraft:
    return parse_line(line, SLICES, TEAMS, SHIRTS)


class TestExamples:
    def test_the_line_of_the_guide(self):
        assert read("Acme audit log ~2-3-5.5 #oneoff >Acme $480k@60% by:sales-east team:Pay") == RequestDraft(
            title="Acme audit log",
            size=Range(3.0, 2.0, 5.5),
            slice="O",
            customer="Acme",
            deal_amount=480_000.0,
            deal_probability=0.6,
            asked_by="sales-east",
            team="Pay",
        )

    def test_fields_may_stand_anywhere(self):
        assert read("$480k@60% Audit #F log ~3 by:Jo") == read("Audit log by:Jo ~3 $480k@60% #F")

    def test_words_alone_are_the_title(self):
        assert read("  Audit   log for everyone ") == RequestDraft(title="Audit log for everyone")

    def test_single_quotes_hold_a_value_too(self):
        """Within the quotes of a shell one writes them, and an apostrophe stays one."""
        found = read("Log of 'all' it's done >'Acme Corp' by:'Jo Field' problem:O'Neil")
        assert found == RequestDraft(
            title="Log of 'all' it's done", customer="Acme Corp", asked_by="Jo Field", problem="O'Neil"
        )

    def test_nothing_is_an_empty_draft(self):
        assert read("") == read("  \t ") == RequestDraft()

    def test_all_named_fields(self):
        found = read(
            'Export owner:Ana due:2027-03-31 value:12.5 claimed:"two days" problem:"they type it by hand" team:web '
            "priority:P1"
        )
        assert found == RequestDraft(
            title="Export",
            owner="Ana",
            due=date(2027, 3, 31),
            value=12.5,
            priority="P1",
            claimed="two days",
            problem="they type it by hand",
            team="Web",
        )

    @pytest.mark.parametrize("name", ["BY:Jo", "By:Jo", 'by:"Jo"'])
    def test_names_of_fields_in_any_case(self, name):
        assert read(f"Export {name}").asked_by == "Jo"

    def test_quotes_hold_spaces(self):
        found = read('Export >"Acme Corp" by:"Jo Field" ~"2 - 3 - 5"')
        assert found == RequestDraft("Export", Range(3.0, 2.0, 5.0), None, "Acme Corp", asked_by="Jo Field")

    def test_a_quote_that_is_never_closed_runs_to_the_end(self):
        found = read('Export >"Acme Corp and more')
        assert (found.title, found.customer) == ("Export", "Acme Corp and more")

    def test_quoted_words_of_the_title_stay_as_they_are(self):
        assert read('Rename "late fee" to fee').title == 'Rename "late fee" to fee'

    @pytest.mark.parametrize("typed", ["~M", "~m", "~1.5-3-5", "~1,5-3-5"])
    def test_sizes_in_all_their_forms(self, typed):
        assert read(f"Export {typed}").size == Range(3.0, 1.5, 5.0)


class TestMoney:
    @pytest.mark.parametrize(
        ("typed", "amount", "chance"),
        [
            ("$480k@60%", 480_000, 0.6),
            ("$480k@60", 480_000, 0.6),
            ("$480K", 480_000, None),
            ("$1.5m", 1_500_000, None),
            ("€2M@12.5%", 2_000_000, 0.125),
            ("£1b", 1_000_000_000, None),
            ("$480,000", 480_000, None),
            ("€1,25k@50%", 1_250, 0.5),
            ("€1.250,50", 1_250.5, None),
            ("€1,5M", 1_500_000, None),
            ("$0@0%", 0, 0),
            ("$5@100%", 5, 1),
        ],
    )
    def test_forms(self, typed, amount, chance, monkeypatch):
        monkeypatch.setattr("scenarios.figures.amounts._Spoken.currency", {"€": "EUR", "£": "GBP"}.get(typed[0], "USD"))
        found = read(f"Export {typed}")
        assert (found.title, found.unknown) == ("Export", ())
        assert found.deal_amount == pytest.approx(amount)
        assert found.deal_probability == (None if chance is None else pytest.approx(chance))

    @pytest.mark.parametrize("typed", ["$60.000@50%", "$1.500"])
    def test_what_is_sixty_to_some_and_sixty_thousand_to_others_is_asked_about(self, typed):
        found = read(f"Export {typed}")
        assert (found.title, found.deal_amount) == (f"Export {typed}", None)
        assert found.unknown == (f"{typed} (thousands, or decimals? 180k and 1.8 are read in one way)",)

    @pytest.mark.parametrize("typed", ["€50k", "£1b@60%", "A$5", "EUR50k"])
    def test_an_amount_in_another_currency_is_none(self, typed):
        found = read(f"Export {typed}")
        assert (found.title, found.deal_amount) == (f"Export {typed}", None)
        assert found.unknown == ((f"{typed} (amounts are in USD here)",) if typed[0] in "€£" else ())

    @pytest.mark.parametrize(
        "typed", ["$", "$k", "$5@", "$5@101%", "$-5", "$5x", "$1.2.3", "$9999999b", "$" + "9" * 400]
    )
    def test_what_is_no_amount_stays_in_the_title(self, typed):
        found = read(f"Export {typed}")
        assert found.title == f"Export {typed}"
        assert (found.deal_amount, found.deal_probability) == (None, None)
        assert found.unknown == ((typed,) if len(typed) > 1 else ())


class TestUnknown:
    @pytest.mark.parametrize(
        "token",
        [
            "~huge", "~0", "~5-2", "~99999", "#nonsense", "#", "~", ">", "team:Nobody", "due:soon", "due:2027-02-30",
            "value:lots", "value:nan", "value:1e13", "colour:blue", "by:", 'by:""', '>""', 'by:" "', '>" "',
            ">" + "x" * 201,
        ],
    )  # fmt: skip
    def test_stays_in_the_title_in_its_place(self, token):
        found = read(f"Export {token} now")
        assert found == RequestDraft(title=f"Export {token} now", unknown=found.unknown)

    @pytest.mark.parametrize(
        "token", ["~huge", "#nonsense", "team:Nobody", "due:soon", "value:lots", "colour:blue", "$x"]
    )
    def test_is_reported(self, token):
        assert read(f"Export {token} now ~3").unknown == (token,)

    def test_words_that_look_like_no_field_are_not_reported(self):
        found = read("Fix https://acme.example/a?b=c at 10:30 and a - b, 50% off & C# #F")
        assert found.title == "Fix https://acme.example/a?b=c at 10:30 and a - b, 50% off & C#"
        assert found.unknown == ("10:30",)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (">Acme", ">Beta"), ("~3", "~5"), ("$5", "$480k"), ("$480k@60%", "$480k"), ("by:Jo", "by:Ana"),
            ("#F", "#I"), ("team:Pay", "team:Web"), ("due:2027-01-01", "due:2027-02-01"), ("value:0", "value:1"),
            ("$0", "$1"), ("$1@0%", "$1@5%"),
        ],
    )  # fmt: skip
    def test_a_second_one_takes_nothing_away(self, first, second):
        found = read(f"Refund {first} now {second}")
        assert found == replace(read(f"Refund {first} now"), title=f"Refund now {second}", unknown=(second,))

    def test_said_twice_is_said_once(self):
        assert read("Refund >Acme now >Acme") == read("Refund >Acme now")


class TestOneOff:
    def test_that_an_account_waits_makes_none(self):
        assert read("Export >Acme").slice is None
        assert asks_whose(read("Export >Acme"), SLICES)

    def test_what_is_said_is_not_asked(self):
        assert read("Export >Acme #F").slice == read("Export #F >Acme").slice == "F"
        assert read("Export >Acme #oneoff").slice == "O"
        assert not any(asks_whose(read(f"Export {more}"), SLICES) for more in (">Acme #F", ">Acme #oneoff", ""))

    def test_only_where_there_is_such_a_slice(self):
        slices = [part for part in SLICES if part.letter != "O"]
        assert parse_line("Export >Acme", slices, TEAMS).slice is None
        assert not asks_whose(parse_line("Export >Acme", slices, TEAMS), slices)

    def test_without_a_customer_nothing_is_said(self):
        assert read("Export").slice is None


class TestAccounts:
    """Those that are known are found by their words, without quotes."""

    NAMES = ("Northwind Traders", "Northwind Traders Asia", "Northwind", "Adatum GmbH", "Blue Yonder")
    KNOWN = tuple(Customer(id=at, name=name) for at, name in enumerate(NAMES, 1))

    @pytest.mark.parametrize(
        ("line", "customer", "title"),
        [
            ("EDI feed >Northwind Traders $5k", "Northwind Traders", "EDI feed"),
            (">northwind traders asia EDI feed", "Northwind Traders Asia", "EDI feed"),
            ("EDI >Northwind feed", "Northwind", "EDI feed"),
            ("EDI >Blue feed", "Blue Yonder", "EDI feed"),
            ("EDI >Bl feed", "Bl", "EDI feed"),
            ("EDI >Adatum feed", "Adatum GmbH", "EDI feed"),
            ('EDI >"Northwind Traders" Asia', "Northwind Traders", "EDI Asia"),
            ("EDI >Fabrikam Works", "Fabrikam", "EDI Works"),
            ("EDI >Northwind ~3 Traders", "Northwind", "EDI Traders"),
        ],
    )
    def test_the_most_words_count(self, line, customer, title):
        found = parse_line(line, SLICES, TEAMS, SHIRTS, self.KNOWN)
        assert (found.customer, found.title) == (customer, title)

    def test_two_of_the_same_first_word_are_neither(self):
        known = self.KNOWN[:2]
        assert parse_line("EDI >Northwind", SLICES, TEAMS, SHIRTS, known).customer == "Northwind"

    @pytest.mark.parametrize(("word", "team"), [("Pay", "Payments"), ("web", "Web shop"), ("P", "")])
    def test_a_team_by_its_only_beginning(self, word, team):
        teams = [Team(id=at, name=name) for at, name in enumerate(("Payments", "Platform", "Web shop"), 1)]
        assert parse_line(f"EDI team:{word}", SLICES, teams).team == team

    @pytest.mark.parametrize(
        ("typed", "owner", "kept"),
        [
            ("owner:An", "", "owner:An (could be “Ana Lopez”, “Andy”)"),
            ("owner:ana", "Ana Lopez", ""),
            ("owner:Bo", "Bo", ""),
            ("owner:Zoe", "Zoe", ""),
            ('owner:"An"', "An", ""),
        ],
    )
    def test_an_owner_by_the_only_beginning(self, typed, owner, kept):
        found = parse_line(f"EDI {typed}", SLICES, TEAMS, owners=("Ana Lopez", "Andy", "Bo Chen", "Bo"))
        assert (found.owner, "".join(found.unknown)) == (owner, kept)


class TestSliceLetter:
    @pytest.mark.parametrize(
        ("word", "letter"),
        [
            ("F", "F"), ("f", "F"), ("feat", "F"), ("features", "F"), ("feature", "F"), ("infra", "I"),
            ("Quality", "Q"), ("debt", "Q"), ("disc", "D"), ("one-off", "O"), ("oneoffs", "O"), ("o", "O"),
            ("validation", "D"), ("z", None), ("", None), ("#", None), ("featuresx", None),
        ],
    )  # fmt: skip
    def test_letter_name_or_beginning(self, word, letter):
        assert slice_letter(word, SLICES) == letter

    def test_a_beginning_of_two_is_neither(self):
        pair = [Slice(id=1, letter="A", name="Core work", aim=50), Slice(id=2, letter="B", name="Core debt", aim=50)]
        assert slice_letter("core", pair) is None
        assert slice_letter("cored", pair) == "B"


def spoken(draft: RequestDraft) -> str:
    """All text of the fields, to look words up in."""
    return "\n".join((draft.customer, draft.asked_by, draft.owner, draft.claimed, draft.problem, draft.team))


plain = st.text(st.characters(exclude_characters='"', exclude_categories=("Cs",)), max_size=8)
pieces = st.one_of(
    plain,
    st.builds(
        str.__add__,
        st.sampled_from(["~", "#", ">", "$", "€", "by:", "team:", "owner:", "due:", "value:", "problem:", "x:", "BY:"]),
        st.one_of(
            plain,
            st.sampled_from(["3", "2-5", "M", "F", "I", "O", "Pay", "web", "5k@60%", "1m", "2027-01-01", "2027-02-02"]),
        ),
    ),
)


class TestNoWordIsLost:
    @given(st.text())
    @example('"')
    @example('>"')
    @example("by:\x00")
    @example("\x1c~3\x85")
    def test_nothing_fails(self, line):
        found = read(line)
        missing = Counter(line.split()) - Counter(found.title.split())
        for word in missing:
            bare = word.strip('"')
            marked = word[0] in "~#>$€£!" or ":" in word
            assert marked or bare in spoken(found), word

    @given(st.lists(pieces, max_size=8).map(" ".join))
    @example("~3 ~5")
    @example("#F #I #feature")
    @example("$5 $6 >Acme >Beta by:a by:b")
    def test_a_word_is_in_the_title_or_is_what_a_field_says(self, line):
        found = read(line)
        words, kept = line.split(), found.title.split()
        missing = Counter(words) - Counter(kept)
        assert not Counter(kept) - Counter(words)
        rest = iter(words)
        assert all(word in rest for word in kept), "the title keeps the order"
        for word in missing:
            # What a word says on its own is what the draft says.
            alone = read(word)
            assert not alone.title
            said = {name: value for name, value in vars(alone).items() if value not in (None, "", ())}
            if alone.customer and alone.slice == "O":
                said.pop("slice")
            assert said
            assert said.items() <= vars(found).items(), (word, said, found)

    @given(st.lists(pieces, max_size=8).map(" ".join))
    def test_what_is_reported_is_in_the_title(self, line):
        found = read(line)
        # With an amount it is said why.
        reported = (word.removesuffix(" (amounts are in USD here)") for word in found.unknown)
        assert not Counter(reported) - Counter(found.title.split())


def test_a_mark_says_that_it_was_carried_past_its_desk() -> None:
    assert (read("Log !").escalated_by, read("Log !").title) == ("", "Log")
    assert read("Log").escalated_by is None
    found = read('Log !"Dana Hill">CTO')
    assert (found.escalated_by, found.escalated_to, found.title) == ("Dana Hill", "CTO", "Log")
    # The second of two stays in the title: nothing that was read is lost.
    assert read("Log !CEO !CTO").title == "Log !CTO"
