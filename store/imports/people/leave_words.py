"""Words of leave: its kinds, what a request's status says, and what is no leave or no person at all."""

from __future__ import annotations

import re
from datetime import date

from store.common.text import clean
from store.imports.dates import parse_date
from store.imports.plain_words import bare_words, without_accents
from store.records import AbsenceKind

# All without accents, as they are looked for.
_ON_CALL = ("on call", "oncall", "(?<!jury )(?<!reserve )duty", "rota", "bereitschaft", "astreinte", "guardia")
_AWAY = ("away", "training", "conference", "travel", "loan", "on loan", "business trip", "offsite", "dienstreise",
         "schulung", "fortbildung", "formation", "course", "secondment", "trip", "study")  # fmt: skip
#: kinds that are no absence from work at all
_AT_WORK: tuple[str, ...] = ("working from home", "work from home", "home office", "homeoffice", "wfh", "remote",
    "working elsewhere",
            "working remotely", "telework", "telearbeit", "teletravail", "teletrabajo", "mobiles arbeiten",
            "mobile work", "praca zdalna", "praca z domu", "trabalho remoto", "home ?office", "trabajo remoto",
            "trabajo en casa", "lavoro agile", "smart ?working", "lavoro da remoto", "thuiswerk", "hemifran",
            "hjemmekontor",
            "hjemmearbejde", "удаленн", "\\w*在宅", "\\w*テレワーク", "\\w*リモート", "\\w*居家办公", "\\w*远程",
            "\\w*재택", "birthday(?! (?:leave|off|day off|holiday))", "geburtstag(?! frei)", "overtime",
            "uberstunden aufbau", "(?:work )?anniversary", "jubilaum", "back from", "back to work", "zuruck aus",
            "last day\\b(?! of)", "first day\\b(?! (?:of|off))", "focus time", "(?<!not )in (?:the )?office",
            "office day", "work(?:ing|s) from\\b", "(?<!not )available", "no meetings", "leav(?:ing|es) early",
            "late start",
            "visiting", "working location", "(?<!nicht )im buro")  # fmt: skip
_LEAVE_WORDS: tuple[str, ...] = ("leave", "vacation", "holiday", "pto", "time off", "sick", "urlaub", "krank",
    "ferien", "conge",
                "maladie",
                "rtt", "vacacion", "baja", "permiso", "ferias", "licenca", "ferie", "malattia", "verlof", "ziek",
                "vakantie",
                "urlop", "zwolnienie", "annual", "parental", "maternity", "paternity", "bereave", "compassionate",
                "elternzeit", "mutterschutz", "sabbatical", "unpaid", "paid", "time in lieu", "toil", "comp",
                "medical",
                "personal", "asuntos propios", "absence", "absent", "afastamento", "atestado", "folga", "l4",
                "dovolena", "nemoc",
                "semester", "sjuk", "\\w*urlaub", "\\w*休", "\\w*休暇", "\\w*欠勤", "\\w*病假", "\\w*年假",
                "\\w*휴가",
                "\\w*병가", "szabadsag", "izin", "day off", "jury", "marriage", "abwesen", "отпуск", "больнич",
                "freizeit",
                "gleittag", "zeitausgleich", "sonderurlaub", "family", "care", "ooo", "out of office")  # fmt: skip
_STANDS: tuple[str, ...] = ("approv", "accept", "confirm", "granted", "taken", "yes", "true", "active", "scheduled",
    "booked", "done",
           "genehmigt", "bewilligt", "bestatigt", "approuv", "valid", "aprobad", "aprovad", "approvat", "goedgekeurd",
           "auto approv", "ok", "planned", "complete", "zatwierdz", "zaakceptow", "schval", "godkan", "godkend",
           "godkjen",
           "согласован", "утвержд", "одобрен", "onayland", "onayli", "jovahagy", "承認済", "承認", "已批准", "已通过",
           "批准", "승인",
           "autoriz", "aceptad", "deferid", "accord", "registrad")  # fmt: skip
_NOT_YET: tuple[str, ...] = ("pending", "request", "submitted", "waiting", "awaiting", "draft", "open", "new",
    "in review",
    "tentative",
            "beantragt", "offen", "ausstehend", "wartend", "en attente", "demande", "pendiente", "solicitad",
            "pendente",
            "in attesa", "oczekuj", "zlozon", "ceka", "vantar", "afventer", "на рассмотрении", "ожида", "bekl",
            "申請中", "未承認",
            "承認待ち", "待审批", "审批中", "대기", "in afwachting", "aangevraagd", "unapproved", "to be",
            "vorlaufig")  # fmt: skip
_REFUSED: tuple[str, ...] = ("reject", "declin", "denied", "cancel", "withdrawn", "revoked", "refused", "deleted",
    "expired",
            "abgelehnt",
            "storniert", "zuruckg", "widerrufen", "abgebrochen", "refus", "annul", "rechazad", "denegad", "odrzuc",
            "anulow", "zamit", "avslag", "avslagen", "nekad", "afvist", "отклон", "отказ",
            "отмен", "reddedil", "elutas", "却下", "否認", "取消", "取り消", "已拒绝", "已驳回", "반려", "거절",
            "cancelad",
            "indeferid", "rejeitad",
            "recusad", "rifiutat", "afgewezen", "geannuleerd", "ingetrokken", "disapproved", "void",
            "supersed", "superced", "no longer", "replaced", "withdraw")  # fmt: skip

#: Korean is compared by the parts of its syllables, and Japanese without its marks.
_AT_WORK, _LEAVE_WORDS, _STANDS, _NOT_YET, _REFUSED = (
    tuple(map(without_accents, each)) for each in (_AT_WORK, _LEAVE_WORDS, _STANDS, _NOT_YET, _REFUSED)
)


def refused_request(status: str) -> str:
    """What a request's status says where it does not stand: not approved (yet), or taken back; empty where it does."""
    words = bare_words(status)
    plain = " ".join(words)
    if not words or approved_request(status):
        return ""
    if plain.startswith((*_NOT_YET, *_REFUSED)) or "not" in words or plain in ("no", "false", "n", "0"):
        return clean(status)[:40]
    return ""


def approved_request(status: str) -> bool:
    """Whether a request's status says that it was approved."""
    words = bare_words(status)
    plain = " ".join(words)
    return plain.startswith(_STANDS) and not plain.startswith(_NOT_YET) and "not" not in words


def knows_status(status: str) -> bool:
    """Whether the word of a request's status is known, whatever it says; nothing is."""
    return not bare_words(status) or approved_request(status) or bool(refused_request(status))


def hours_as_days(hours: float) -> float:
    """Working days of so many hours of leave, to half a day: 8 are one."""
    return round(hours / 4) / 2


def kind_of(cell: str) -> AbsenceKind | None:
    """The kind of an absence by the word for it; leave where it is not known; None where it is no absence at all."""
    plain = " ".join(bare_words(cell))
    for words, kind in ((_AT_WORK, None), (_ON_CALL, "on-call"), (_AWAY, "away")):
        if any(re.search(rf"\b{word}", plain) for word in words):
            return kind  # type: ignore[return-value]
    return "leave"


def names_absence(cell: str) -> bool:
    """Whether a word is one that is known for a kind of absence, or for none such as working from home."""
    plain = " ".join(bare_words(cell))
    return any(re.search(rf"\b{word}", plain) for word in (*_LEAVE_WORDS, *_ON_CALL, *_AWAY, *_AT_WORK))


#: a whole day has so many hours
_HOURS = 8.0
_PART_DAYS = re.compile(r"(?<!\d)(\d+(?:[.,]\d+)?)\s*(?:days?|d|tage?|jours?|dias?|giorn[oi]|dag(?:en)?)\b")
_PART_HOURS = re.compile(r"(?<!\d)(\d+(?:[.,]\d+)?)\s*(?:hours?|hrs?|h|stunden|std|heures?|horas?|ore|uur)\b")
#: ``2-5pm``, ``9:00-11:30``
_CLOCK = re.compile(
    r"(?<![\d.-])(\d{1,2})(?::(\d\d))?(?: ?[ap]m)? ?[-–] ?(\d{1,2})(?::(\d\d))?(?: ?(?:am|pm|uhr|h)\b|(?<=:\d\d)(?!\d))"
)
#: ``10-11`` alone, and the words beside it: two hours, or two days of a month
_BARE = re.compile(
    r"(?:\b([a-z]{3,12})\.? )?(?<![\d.:/-])(\d{1,2}) ?[-–] ?(\d{1,2})(?![\d.:/]| ?[-–]\d)\.? ?([a-z]{3,12}\b)?"
)
_HALF_DAY = re.compile(
    r"\bhalf[- ]?days?\b|\bhalf (?:pto|off|vacation|leave)\b|\bhalbe[rn]? (?:tag|urlaubstag)\b|\bhalbtags?\b|"
    r"\bdemi[- ]journee\b|\bmedio dia\b|\bmeio dia\b|\bmezza giornata\b|\bhalve dag\b|\bpol dnia\b|½|"
    r"1[/⁄]2 ?(?:day|d|tag|jour)|半休|半日|半天|\bhalv dag\b|\bpuol[ei]kas\b|\bmeio periodo\b|\bmedia jornada\b|"
    r"\b(?:morning|afternoon|am|pm|vormittags?|nachmittags?|matin|apres-midi)\b(?: only| off)?\)?$"
)
_MEETINGS = re.compile(
    r"\b(?:meeting|sync|stand[- ]?up|1[:-]1|one[- ]on[- ]one|retro(?:spective)?|planning|refinement|grooming|demo|"
    r"review|interview|call|kick[- ]?off|all[- ]hands|town ?hall|workshop|lunch|dinner|"
    r"party|release|deploy(?:ment)?|deadline|"
    r"launch|freeze|go[- ]live|sprint \d+|besprechung|termin|reunion)\b"
)
_LEAVES = re.compile("|".join(rf"\b{word}" for word in _LEAVE_WORDS))


def part_of_day(title: str) -> float | None:
    """How many working days a title says that it takes: ``0.5 days``, ``4 hours``, ``half day PM``; None if nothing."""
    plain = without_accents(title)
    if _HALF_DAY.search(plain):
        return 0.5
    if found := _PART_DAYS.search(plain):
        return float(found[1].replace(",", "."))
    if found := _CLOCK.search(plain):
        since, until = (int(found[at]) + int(found[at + 1] or 0) / 60 for at in (1, 3))
        return hours_as_days((until - since) % 12) or 0.5
    if found := _PART_HOURS.search(plain):
        return round(float(found[1].replace(",", ".")) / _HOURS * 2) / 2 or 0.5
    return None


#: words that say so wherever they stand
_NOT_FIRM = re.compile(
    r"\b(?:cancell?ed|declined|rejected|withdrawn|abgelehnt|abgesagt|storniert|annule|cancelad[oa]|maybe|tentative|tbc|"
    r"vielleicht|eventuell|provisional)\b|(?<=\w)\?$"
)


def hours_of_day(title: str, day: date) -> float | None:
    """How much of the one ``day`` that an event takes lies between two bare numbers of its title, as ``dentist 10-11``:
    they are hours where they are no days, and none of them is that day; None where they are not."""
    found = _BARE.search(without_accents(title))
    # "out" is October in Portuguese, and away in English.
    words = {found[1], found[4]} - {None, "out"} if found is not None else set()
    if found is None or any(parse_date(f"1 {word} {day.year}", None) is not None for word in words):
        return None
    since, until = int(found[2]), int(found[3])
    if {since, until} & {day.day, day.month} or not 6 <= since < until <= 20:
        return None
    return min(hours_as_days(until - since) or 0.5, 1.0)


def refused_in_title(title: str) -> str:
    """What a title says in brackets or before a colon of a request that does not stand: ``[Pending] Ana``."""
    for told in re.findall(r"[\[(]([^\])]{3,30})[\])]|^(\w{4,20}):| [-–—:] (\w{4,20})$", title):
        if refused := refused_request("".join(told)):
            return refused
    found = _NOT_FIRM.search(without_accents(title))
    return found[0] if found else ""


def is_meeting(title: str, hours: float | None) -> bool:
    """Whether a title is that of a meeting or a date of a project, and not of leave; ``hours`` is how long it is, None
    for whole days."""
    plain = without_accents(title)
    if _LEAVES.search(plain) or any(word in plain.replace("-", " ") for word in _ON_CALL):
        return False
    return (hours is None or hours < _HOURS) and bool(_MEETINGS.search(plain))
