"""Leave from calendar files: whole days and hours, repetition, zones, whose it is, and files that mean harm."""

import re
from datetime import date

import pytest

from store.imports.errors import ImportOptionError, UnreadableFileError
from store.imports.people.ics import parse_calendar
from store.imports.people.ics_leave import plan_leave
from store.imports.people.table import PeopleOptions
from store.records import Absence, Command, Person, Quarter, State, Team
from tests.scenarios.making import add


@pytest.fixture
def state():
    """Q1 2027, Ana Lopez and Bo in team Pay, Bo in team Web as well, Ana in Web."""
    found = State()
    add(found, Quarter(id=1, name="Q1", starts=date(2027, 1, 4), ends=date(2027, 4, 2)))
    add(found, Team(id=1, name="Pay"), Team(id=2, name="Web"))
    add(found, Person(id=1, team_id=1, name="Ana Lopez"), Person(id=2, team_id=1, name="Bo"))
    return add(found, Person(id=3, team_id=2, name="bo"), Person(id=4, team_id=2, name="Ana"))


def calendar(*events, head=""):
    """A calendar file of events, each as its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", *head.split()]
    for number, event in enumerate(events):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}" if "UID:" not in event else "",
            *event.strip().splitlines(),
            "END:VEVENT",
        ]
    return "\r\n".join(line.strip() for line in [*lines, "END:VCALENDAR", ""] if line.strip()).encode() + b"\r\n"


def plan(state, data, **options):
    found = plan_leave(state, parse_calendar(data, "l.ics"), PeopleOptions(**options))
    assert found.new + found.changed + found.same + len(found.rejected) == data.count(b"BEGIN:VEVENT")
    return found


def spans(found):
    """First day, last day and days of each absence."""
    return [(put.starts.isoformat(), put.ends.isoformat(), put.days) for put in found.puts if isinstance(put, Absence)]


def reasons(found):
    return [one.reason for one in found.rejected]


def taken(state, event, head=""):
    return spans(plan(state, calendar("SUMMARY:leave\n" + event, head=head), person="Bo", team="Pay"))


class TestDays:
    def test_the_end_of_whole_days_is_the_day_after(self, state):
        event = "DTSTART;VALUE=DATE:20270201\nDTEND;VALUE=DATE:20270206"
        assert taken(state, event) == [("2027-02-01", "2027-02-05", None)]
        assert taken(state, "DTSTART;VALUE=DATE:20270201") == [("2027-02-01", "2027-02-01", None)]
        assert taken(state, "DTSTART;VALUE=DATE:20270201\nDURATION:P3D") == [("2027-02-01", "2027-02-03", None)]
        same = "DTSTART;VALUE=DATE:20270201\nDTEND;VALUE=DATE:20270201"
        assert taken(state, same) == [("2027-02-01", "2027-02-01", None)]

    @pytest.mark.parametrize(
        ("start", "end", "days"),
        [
            ("20270201T090000", "20270201T170000", None),
            ("20270201T080000", "20270201T150000", None),
            ("20270201T130000", "20270201T180000", 0.5),
            ("20270201T090000", "20270201T120000", 0.5),
        ],
    )
    def test_hours_are_a_day_or_half_of_one(self, state, start, end, days):
        assert taken(state, f"DTSTART:{start}\nDTEND:{end}") == [("2027-02-01", "2027-02-01", days)]

    def test_from_friday_noon_to_tuesday_noon(self, state):
        # Friday afternoon, Monday, Tuesday morning.
        event = "DTSTART:20270205T130000\nDTEND:20270209T130000"
        assert taken(state, event) == [("2027-02-05", "2027-02-09", 2.0)]

    def test_what_is_no_leave_is_said(self, state):
        day = "DTSTART;VALUE=DATE:20270201\n"
        found = plan(
            state,
            calendar(
                "SUMMARY:Bo dentist\nDTSTART:20270201T090000\nDTEND:20270201T100000",
                "SUMMARY:Bo on Saturday\nDTSTART;VALUE=DATE:20270206",
                f"SUMMARY:Bo birthday\n{day}TRANSP:TRANSPARENT",
                f"SUMMARY:Bo\n{day}STATUS:CANCELLED",
                "SUMMARY:Bo\nDTSTART;VALUE=DATE:20260601",
                "SUMMARY:Bo\nDTSTART;VALUE=DATE:20270210\nDTEND;VALUE=DATE:20270201",
                "SUMMARY:Bo",
                "SUMMARY:Bo\nDTSTART:whenever",
                f"SUMMARY:Bo out of office\n{day}TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:OOF",
            ),
        )
        assert reasons(found) == [
            "is less than two hours of a working day",
            "is less than two hours of a working day",
            "is marked as free time",
            "is cancelled",
            "is not in this quarter",
            "ends before it begins",
            "has no start",
            "its DTSTART cannot be read",
        ]
        assert [one.line for one in found.rejected][:2] == [4, 10]
        assert found.new == 1


class TestZones:
    def test_the_clock_on_the_wall_counts(self, state):
        # Five in the morning in New York is not the middle of a day in Berlin.
        event = "DTSTART;TZID=America/New_York:20270201T090000\nDTEND;TZID=America/New_York:20270201T170000"
        assert taken(state, event) == [("2027-02-01", "2027-02-01", None)]

    def test_universal_time_is_read_in_the_calendars_zone(self, state):
        # 23:00 UTC on 31 January to 23:00 on 2 February are 1 and 2 February in Berlin.
        event = "DTSTART:20270131T230000Z\nDTEND:20270202T230000Z"
        assert taken(state, event, "X-WR-TIMEZONE:Europe/Berlin") == [("2027-02-01", "2027-02-02", None)]

    def test_the_change_of_clocks_leaves_hours_and_days_alone(self, state):
        # Berlin goes to summer time on Sunday 28 March: 9 to 17 on the Friday before and the Monday after.
        event = (
            "DTSTART;TZID=Europe/Berlin:20270326T090000\nDTEND;TZID=Europe/Berlin:20270326T170000\n"
            "RRULE:FREQ=DAILY;INTERVAL=3;COUNT=2"
        )
        assert taken(state, event) == [("2027-03-26", "2027-03-26", None), ("2027-03-29", "2027-03-29", None)]
        over = "DTSTART;TZID=Europe/Berlin:20270326T000000\nDTEND;TZID=Europe/Berlin:20270330T000000"
        assert taken(state, over) == [("2027-03-26", "2027-03-29", None)]


class TestRepeating:
    def test_within_the_quarter_only(self, state):
        event = "DTSTART;VALUE=DATE:20200103\nRRULE:FREQ=MONTHLY;BYDAY=1FR"
        # The first Fridays: 1 January is before the quarter.
        assert [span[0] for span in taken(state, event)] == ["2027-02-05", "2027-03-05", "2027-04-02"]

    def test_without_those_left_out_and_with_those_added(self, state):
        event = (
            "DTSTART;VALUE=DATE:20270201\nRRULE:FREQ=WEEKLY;UNTIL=20270222\nEXDATE;VALUE=DATE:20270208,20270215\n"
            "RDATE;VALUE=DATE:20270303"
        )
        assert [span[0] for span in taken(state, event)] == ["2027-02-01", "2027-02-22", "2027-03-03"]

    def test_the_end_in_universal_time(self, state):
        event = "DTSTART;TZID=Europe/Berlin:20270201T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;UNTIL=20270215T080000Z"
        assert [span[0] for span in taken(state, event)] == ["2027-02-01", "2027-02-08", "2027-02-15"]

    def test_one_of_them_moved(self, state):
        data = calendar(
            "UID:a\nSUMMARY:leave\nDTSTART;VALUE=DATE:20270201\nRRULE:FREQ=WEEKLY;COUNT=3",
            "UID:a\nSUMMARY:leave\nRECURRENCE-ID;VALUE=DATE:20270208\nDTSTART;VALUE=DATE:20270210",
        )
        found = plan(state, data, person="Bo", team="Pay")
        assert [span[0] for span in spans(found)] == ["2027-02-01", "2027-02-15", "2027-02-10"]

    def test_a_long_one_that_began_before_the_quarter_reaches_into_it(self, state):
        event = "DTSTART;VALUE=DATE:20261228\nDTEND;VALUE=DATE:20270107"
        assert taken(state, event) == [("2026-12-28", "2027-01-06", None)]
        assert reasons(plan(state, calendar("SUMMARY:Bo\nDTSTART;VALUE=DATE:20261228\nDTEND;VALUE=DATE:20270104"))) == [
            "is not in this quarter"
        ]


class TestWhose:
    DAY = "\nDTSTART;VALUE=DATE:20270201"

    def whose(self, state, event, head="", **options):
        found = plan(state, calendar(event + self.DAY, head=head), **options)
        return sorted(put.person_id for put in found.puts) or reasons(found)[0]

    def test_by_title_attendee_address_organizer_or_calendar(self, state):
        assert self.whose(state, "SUMMARY:Ana Lopez (vacation)") == [1]
        assert self.whose(state, "SUMMARY:vacation ana") == [4]
        assert self.whose(state, 'SUMMARY:x\nATTENDEE;CN="Ana Lopez":mailto:a@x.org') == [1]
        assert self.whose(state, "SUMMARY:x\nATTENDEE:mailto:ana.lopez@x.org") == [1]
        assert self.whose(state, "SUMMARY:x\nORGANIZER:mailto:ANA@x.org") == [4]
        assert self.whose(state, "SUMMARY:x", "X-WR-CALNAME:Ana") == [4]
        # In two teams, away from both.
        assert self.whose(state, "SUMMARY:Bo") == [2, 3]
        assert self.whose(state, "SUMMARY:Bo", team="web") == [3]

    def test_not_clear_is_a_sentence(self, state):
        assert self.whose(state, "SUMMARY:Bob") == "names nobody who is here; --person NAME says whose it is"
        assert "could be ana or bo" in self.whose(state, "SUMMARY:Ana covers for Bo")
        # One after the other, they are away together.
        assert self.whose(state, "SUMMARY:Ana and Bo") == [2, 3, 4]
        assert "nobody" in self.whose(state, "SUMMARY:x\nATTENDEE;PARTSTAT=DECLINED;CN=Ana:mailto:a@x.org")
        assert self.whose(state, "SUMMARY:Ana and Bo", person="Ana") == [4]
        with pytest.raises(ImportOptionError, match="nobody called “Eve”"):
            self.whose(state, "SUMMARY:x", person="Eve")
        with pytest.raises(ImportOptionError, match="no team “Ops”"):
            self.whose(state, "SUMMARY:x", team="Ops")

    def test_on_call_and_away_by_their_words(self, state):
        found = plan(state, calendar("SUMMARY:Ana on-call" + self.DAY, "SUMMARY:Ana: conference" + self.DAY))
        assert [put.kind for put in found.puts] == ["on-call", "away"]


class TestAgain:
    def test_changes_nothing_and_a_longer_one_is_changed(self, state):
        data = calendar(
            "SUMMARY:Ana\nDTSTART;VALUE=DATE:20270201\nDTEND;VALUE=DATE:20270206",
            "SUMMARY:Bo\nDTSTART;VALUE=DATE:20270201\nRRULE:FREQ=WEEKLY;COUNT=4",
        )
        first = plan(state, data)
        assert (first.new, len(first.puts)) == (2, 1 + 2 * 4)
        later = state.overlay(Command("import", "x", first.puts))
        assert plan(later, data).command().empty
        assert plan(later, data).same == 2
        longer = plan(later, data.replace(b"20270206", b"20270209"))
        assert (longer.changed, longer.same, len(longer.puts)) == (1, 1, 1)


class TestHarm:
    def refused(self, data):
        with pytest.raises(UnreadableFileError) as caught:
            parse_calendar(data, "l.ics")
        return str(caught.value)

    def test_what_is_no_calendar(self):
        assert "does not begin with BEGIN:VCALENDAR" in self.refused(b"name,team\nAna,Pay\n")
        assert "no events" in self.refused(calendar())
        assert "not a calendar that can be read" in self.refused(b"BEGIN:VCALENDAR\r\nrubbish\r\nEND:VCALENDAR\r\n")
        assert "Excel" in self.refused(b"PK\x03\x04")

    def test_a_file_that_was_cut_off_anywhere(self):
        data = calendar("SUMMARY:x\nDTSTART;VALUE=DATE:20270201").strip()
        for cut in range(1, len(data)):
            assert self.refused(data[:cut])

    def test_a_line_without_end_folded_or_not(self):
        assert "more than 200,000 characters" in self.refused(b"BEGIN:VCALENDAR\r\nX:" + b"a" * 3_000_000)
        folded = b"BEGIN:VCALENDAR\r\nX:a\r\n" + (b" " + b"a" * 70 + b"\r\n") * 4000
        assert "more than 200,000 characters" in self.refused(folded)

    def test_a_million_events_end_with_a_sentence_before_they_are_parsed(self):
        data = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 1_000_000
        assert "more than 10,000 events" in self.refused(data)

    def test_boxes_in_boxes(self):
        assert "nested more than 20 deep" in self.refused(b"BEGIN:VCALENDAR\r\n" * 5000)

    def test_a_file_of_50_megabytes_is_not_read(self, tmp_path):
        from store.imports.people.ics import read_calendar

        path = tmp_path / "big.ics"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        with pytest.raises(UnreadableFileError, match="at most 10 MB"):
            read_calendar(path)

    @pytest.mark.parametrize(
        ("rule", "reason"),
        [
            ("FREQ=SECONDLY", "more often than daily"),
            ("FREQ=MINUTELY;INTERVAL=1", "more often than daily"),
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "days that there are not"),
            ("FREQ=DAILY;BYDAY=MO;BYSETPOS=2", "a rule that is not read"),
            ("FREQ=YEARLY;BYEASTER=1", "not read"),
            ("FREQ=YEARLY;BYWEEKNO=60", "cannot be read|not read"),
            ("COUNT=3", "cannot be read|more often"),
            ("FREQ=DAILY;INTERVAL=0", "cannot be read|not read|without end"),
        ],
    )
    def test_rules_that_lead_nowhere(self, state, rule, reason):
        found = plan(state, calendar(f"SUMMARY:Ana\nDTSTART;VALUE=DATE:20270201\nRRULE:{rule}"))
        assert re.search(reason, reasons(found)[0])

    def test_moments_at_the_ends_of_time(self, state):
        found = plan(
            state,
            calendar(
                "SUMMARY:Ana\nDTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY",
                "SUMMARY:Ana\nDTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:99991231",
                "SUMMARY:Ana\nDTSTART;VALUE=DATE:99991231",
                "SUMMARY:Ana\nDTSTART;TZID=Pacific/Kiritimati:00010101T000000\nDTEND:00010101T000000Z",
                "SUMMARY:Ana\nDTSTART;VALUE=DATE:20270201\nDURATION:P99999999D",
            ),
        )
        assert len(found.rejected) == 5

    def test_too_many_absences(self, state):
        event = "SUMMARY:Ana\nDTSTART;VALUE=DATE:20270101\nRRULE:FREQ=DAILY"
        with pytest.raises(UnreadableFileError, match="more than 5,000 absences"):
            plan(state, calendar(*[event] * 80))
