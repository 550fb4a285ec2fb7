"""No name of another customer, or of a person, is on a page, in whatever form a title has it. About a second."""

import random
from pathlib import Path

import pytest

from scenarios.memos import account_memo, meeting_on
from scenarios.memos.other_names import named
from scenarios.memos.people import people_of
from store.records import Decision, Wait
from tests.scenarios.making import NOON, add, add_item, empty
from tests.scenarios.negotiating import customer, request, role

TEMPLATE = (Path(__file__).parents[3] / "scenarios" / "memos" / "templates" / "account.md").read_text()
ROOTS = ("kestr", "marl", "tarn", "ölm", "grünh", "dov", "pell", "vantr", "quill", "brax", "jun", "süderl")
ENDS = ("el", "ow", "beck", "ingen", "ak", "ison", "olde", "ard", "eth", "imo")
#: A name within a title, as English and German have it, and as somebody writes who is in a hurry.
FORMS = (
    lambda name: f"{name}s dashboard",
    lambda name: f"{name}'s dashboard",
    lambda name: f"same as {name}’s",
    lambda name: f"{name}-Anbindung",
    lambda name: f"{name}anbindung",
    lambda name: f"für {name}en und andere",
    lambda name: f"das {name}sche Portal",
    lambda name: f"wie bei {name.upper()}",
    lambda name: f"the {name.lower()} feed",
    lambda name: f"{name[:3]}-{name[3:]} feed",
    lambda name: f"{name.replace('i', 'ı').replace('o', 'о').replace('a', 'а')} feed",
    lambda name: f"{name.replace('ö', 'oe').replace('ü', 'ue')} feed",
    lambda name: f"Export_{name}_v2",
    lambda name: f"({name})",
)


def made(seed):
    """200 names: of customers, and of people."""
    chance = random.Random(seed)
    names = [f"{root}{end}".capitalize() for root in ROOTS for end in ENDS]
    names += [f"{root}{end}a".capitalize() for root in ROOTS for end in ENDS]
    chance.shuffle(names)
    return chance, names[:200]


def test_two_hundred_names_in_inflected_forms_are_on_no_page():
    chance, names = made(7)
    state = empty()
    customer(state, 1, "Zwolle Freight")
    for number, name in enumerate(names[:100], 2):
        customer(state, number, chance.choice((name, f"{name} Logistics", f"{name} & Söhne GmbH")))
    for number, name in enumerate(names[100:], 1):
        role(state, number, f"seat {number}", f"{name} Field")
    titles = []
    for number, name in enumerate(names, 1):
        titles.append(chance.choice(FORMS)(name))
        add_item(state, number, 1.0, title=titles[-1], state=chance.choice(("plan", "below", "inbox")))
        add(state, Wait(id=number, item_id=number, customer_id=1))
    for number, title in enumerate(("Zwolle’s own feed", "ISO 27001 audit trail", "Bulk invoices"), 201):
        add_item(state, number, 1.0, title=title)
        request(state, number, customer_id=1)
    page = account_memo(meeting_on(state, state, NOON.date()), 1, TEMPLATE)
    assert [title for title in titles if title in page.text] == []
    told = page.text.casefold()
    assert [name for name in names if name.casefold() in told] == []
    assert page.text.count("\n- “") == 3, "what names nobody is called by its title"
    # Whoever sends it is told of each, with the name; each has a line of its own.
    assert {each.title for each in page.withheld} == set(titles)
    assert all(each.called in page.text for each in page.withheld)
    assert len({each.called for each in page.withheld}) == 200


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Same as kestrels dashboard", "Kestrel Parcel"),
        ("Mareks rewrite of the parser", "Marek"),
        ("Luis promised it", "Luis"),
        ("Wie bei Pellıngham", "Pellingham Motors"),
        ("Oelwerk-Anbindung", "Ölwerk"),
        ("Ölwerks Feed", "Oelwerk"),
        ("Annas Liste", "Anna Field"),
        ("analytics of bananas", ""),
        ("luistered", ""),
        ("Own Motors feed", ""),
    ],
)
def test_a_name_is_known_again(text, name):
    others = ("Kestrel Parcel", "Pellingham Motors", "Ölwerk" if name == "Ölwerk" else "Oelwerk")
    assert named(text, ("Own Motors",), others, ("Marek", "Luis", "Ana", "Anna Field")) == name


def test_who_is_a_person():
    state = empty()
    add_item(state, 1, 1.0, owner="Bea Olsen")
    for number, who in enumerate(("sales-east", "Helena, Marketing", "CEO", "Luis and Priya", "team 4"), 1):
        request(state, number, asked_by=who)
    given = {"id": 1, "quarter_id": 1, "at": NOON, "kind": "drop", "title": "x", "decided_by": "Eve"}
    add(state, Decision.model_validate(given))
    assert set(people_of(state)) == {"Bea Olsen", "Helena", "Luis", "Priya", "Eve"}
