"""A quarter of sixteen decisions and the beginning of the next one, made by public commands on data of its own."""

from __future__ import annotations

BACKLOG = """title,low,likely,high,slice,team,customer,value,key,priority
Invoice matching,2,3,5,F,Billing,Hafen Logistik,80,TB-1,P1
Dunning letters,1,2,3.5,F,Billing,Bergmann & Söhne,60,TB-2,P1
Two-factor login,1,2,3,I,Core,Oakline,70,TB-3,P0
Retire the SOAP gateway,2,3,6,I,Core,,40,TB-4,P2
Fix double bookings,1,1.5,3,Q,Billing,Oakline,65,TB-5,P0
Speed up search,2,3,5,Q,Core,Tidewater,55,TB-6,P1
Interview 10 churned accounts,0.5,1,2,D,Core,,30,TB-7,P2
Approval chains,2,4,6,F,Core,Tidewater,75,TB-8,P1
Multi-currency ledger,3,5,8,F,Billing,Hafen Logistik,90,TB-9,P1
Audit trail export,1,2,3,F,Core,Oakline,50,TB-10,P2
Mobile receipts,2,4,7,F,Core,Bergmann & Söhne,45,TB-11,P3
Delivery notes as PDF,0.5,1,1.5,F,Billing,Oakline,25,TB-12,P3
Tax rules for Norway,1,2,4,F,Billing,Fjordkraft,35,TB-13,P3
"""
#: Who pays what, and renews when; of Fjordkraft nothing is known.
ACCOUNTS = (
    ("Hafen Logistik", "--arr", "240k", "--renews", "2027-03-15"),
    ("Bergmann & Söhne", "--arr", "95k", "--renews", "2027-05-01"),
    ("Tidewater", "--arr", "310k", "--renews", "2027-02-20"),
    ("Oakline", "--arr", "60k"),
)
RULES = (
    ("role", "Head of product", "--holder", "Ines Albrecht"),
    ("role", "CEO", "--holder", "Jonas Weber"),
    ("role", "Sales lead", "--holder", "Tom Reuter"),
    ("grant", "over ceiling", "CEO"),
    ("grant", "below return", "Head of product"),
    ("grant", "under target", "CEO"),
    ("grant", "one-off", "Sales lead"),
    ("grant", "break a principle", "CEO"),
    ("principle", "One product", "--note", "no forks for a single customer"),
    ("set", "rate=4k", "least-return=3"),
)


def said(because: str, by: str = "Ines Albrecht") -> tuple[str, ...]:
    return "--by", by, "--because", because


#: What is there before anything is decided.
BEGINNING: tuple[tuple[str, ...], ...] = (
    ("quarter", "--name", "Q1 2027", "--starts", "2027-01-04", "--ends", "2027-04-02"),
    *(("account", *words) for words in ACCOUNTS),
    *(("charter", *words) for words in RULES),
    ("item", "Approval chains", "--version", "two steps only=1-2-3"),
    ("item", "Multi-currency ledger", "--version", "krona only=1.5-2.5-4"),
    ("item", "Invoice matching", "--version", "by hand=1-1.5-2"),
)
#: The meetings: a day, and the commands of it.
MEETINGS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "2026-12-14",
        (
            ("fill", *said("the order of the board")),
            ("add", "Freight quotes ~2-3-5 #F >Tidewater by:'Tom Reuter' team:Core", "--out",
             "Approval chains=two steps only", "--out", "Audit trail export", *said("Tidewater renews in February"),
             "--present", "Ines Albrecht, Jonas Weber, Tom Reuter", "--dissent", "Jonas Weber: audit matters more",
             "--review", "2027-02-15"),
            ("add", "Customs interface ~3-4-6 #oneoff >'Hafen Logistik' $30k@60% by:'Tom Reuter' team:Billing",
             "--out", "Multi-currency ledger=krona only", "--out", "Dunning letters", *said("they asked twice"),
             "--signature", "over ceiling: Jonas Weber: only this quarter",
             "--signature", "below return: Ines Albrecht: renewal counts more",
             "--conditions", "no second one", "--review", "2027-03-01"),
            ("add", "Carrier scorecards ~3-5-8 #F >Oakline by:'Mia Lund' team:Core", "--inbox"),
            ("trade", "Carrier scorecards", "--way", "pilot", "--field", "size=0.5-1-2", "--field", "customers=3",
             "--field", "test=2 of 3 use it weekly", "--out", "Speed up search", *said("learn first")),
            ("add", "Fjord tariff feed ~2-3-4 #oneoff >Fjordkraft by:'Mia Lund' team:Billing", "--inbox"),
            ("trade", "Fjord tariff feed", "--way", "services", "--field", "markup=50", *said("they pay for it")),
            ("add", "White-label portal ~4-6-9 #oneoff >Oakline by:'Tom Reuter' team:Core", "--inbox"),
            ("trade", "White-label portal", "--way", "decline", "--field", "principle=One product",
             *said("a fork for one")),
            ("trade", "Mobile receipts", "--way", "partner", "--field", "who=Nordlys AS", "--field", "price=12k",
             "--field", "size=0.5", *said("they have it")),
            ("baseline", *said("agreed in the room")),
        ),
    ),
    ("2027-01-11", (("capacity", "Core=19", "--out", "Freight quotes", *said("Marek leaves")),)),
    (
        "2027-02-01",
        (
            ("commitments", "add", "Tax rules for Norway", "--to", "Fjordkraft", "--due", "2027-03-20"),
            ("commitments", "add", "Fix double bookings", "--to", "Oakline", "--due", "2027-04-30"),
            ("add", 'Rail tracking ~5-8-12 #F >Tidewater by:"Mia Lund" team:Core', "--sign",
             *said("Tidewater decides in March", "Jonas Weber")),
            ("drop", "Retire the SOAP gateway", *said("can wait a year")),
            ("trade", "Audit trail export", "--way", "sequence", "--field", "due=2027-05-03", *said("after the audit")),
        ),
    ),
    (
        "2027-03-01",
        (
            ("commitments", "take-back", "Tax rules for Norway", *said("no capacity")),
            ("add", 'Single sign-on ~1-2-3 #F >Oakline by:"Tom Reuter" team:Billing', "--out",
             "Invoice matching=by hand", "--sign", *said("Oakline renews", "Jonas Weber")),
        ),
    ),
    (
        "2027-04-05",
        (
            ("close", "--as-estimated", "--took", "Customs interface=5.5", "--took", "Rail tracking=", "--took",
             "Fix double bookings=2", "--yes", *said("quarter over")),
        ),
    ),
    ("2027-04-06", (("fill", *said("the order of the board")), ("baseline", *said("agreed")))),
)  # fmt: skip
