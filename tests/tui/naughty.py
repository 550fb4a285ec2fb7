# ruff: noqa: E501 (lists of strings read best by the line)
"""Strings that have broken programs before, made up by kind: what people paste, what files hold, what attackers try.

The kinds are those of the Big List of Naughty Strings; the strings are made here, as many as are wanted, the same for
the same seed.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache

CONTROLS = [chr(code) for code in (*range(32), *range(0x7F, 0xA0))]
#: Characters that turn the direction of reading, break lines or hide, and that no row may hold.
BIDI = list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
HIDDEN = list("\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u180e\u034f\ufff9\ufffa\ufffb")
BREAKS = list("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
BLANKS = list("\u00a0\u1680\u2000\u2003\u2007\u200a\u202f\u205f\u3000\u2800\u3164\u115f\u1160\uffa0 \t")
ESCAPES = [
    "\x1b[2J\x1b[H", "\x1b[31m{}\x1b[0m", "\x1b]0;{}\x07", "\x1b]8;;https://x.yz\x1b\\{}\x1b]8;;\x1b\\",
    "\x1b]52;c;ZWNobyBoaQ==\x07", "\x1b]1337;File=inline=1:{}\x07", "\x1bP+q544e\x1b\\", "\x1b_{}\x1b\\", "\x1b^{}\x1b\\",
    "\x1bc", "\x1b[?1049l", "\x1b[?1000h", "\x1b[6n", "\x1b[c", "\x1b[21t", "\x1b[5i", "\x1b#8", "\x1b(0{}\x1b(B",
    "\x9b31m{}\x9b0m", "\x9d0;{}\x9c", "\x90q{}\x9c", "\x9e{}\x9c", "\x84\x85\x8d", "\x1bN{}", "\x9b2J", "\x1b%G", "\x1b",
    "\x1b[200~{}\x1b[201~", "\x18\x1a\x1b\x0e\x0f",
]  # fmt: skip
MARKUP = [
    "[/]", "[/red]", "[red]{}", "[red]{}[/red]", "[bold $error]{}[/]", "[@click=app.quit]{}[/]", "[@click=quit]{}",
    "[@click=app.quit()]{}[/]", "[@click=screen.dismiss(None)]{}[/]", "[@click='app.bell']{}[/]", "[link=https://x.yz]{}[/link]",
    "[link='javascript:alert(1)']{}[/]", "[on red]{}[/]", "[reverse blink]{}[/]", "\\[red]{}", "\\\\[/]{}", "[[{}]]", "[", "]",
    "[]", "[{}", "{}]", "[/", "[@", "[@click=", "[$text]", "[#ff0000]{}[/]", "[rgb(1,2,3)]{}", "[not bold]{}", "[u]{}[/b]",
    ":boom:", ":smiley: {}", "[@focus=app.quit]{}[/]", "[a=b c=d]{}[/a]", "[auto 50%]{}", "[x]", "[ ]", "[\"{}\"]",
]  # fmt: skip
RESERVED = [
    "undefined", "undef", "null", "NULL", "(null)", "nil", "NIL", "true", "false", "True", "None", "hasOwnProperty", "then",
    "constructor", "__proto__", "__class__", "__init__", "self", "NaN", "Infinity", "-inf", "CON", "PRN", "AUX", "NUL", "COM1",
    "LPT1", "con.txt", "-", "--", "--help", "-rf", ".", "..", "...", "~", "~root", "$HOME", "%s", "\\", "\\\\", "/dev/null",
    "root", "admin", "exit", "quit", "yes", "no", "on", "off", "EOF", "END", "SELECT", "DROP", "the line", "THE PLAN", "*",
]  # fmt: skip
NUMBERS = [
    "0", "1", "-1", "1.00", "$1.00", "1/2", "1E2", "1E+02", "0x0", "0xffffffff", "0b1010", "1_000", "1,000.00", "1 000",
    "١٢٣", "１２３", "१२३", "৪৫৬", "²³", "Ⅻ", "½", "00", "-0", "-0.0", "+1", ".5", "5.", "1e309", "-1e309", "1e-400", "inf",
    "nan", "９" * 30, "9" * 400, "1;2", "2026-02-30", "99:99", "12:00", "1-2", "FEB1", "~1-2-3", "~∞", "#F", "#oneoff", "$480k@60%",
]  # fmt: skip
INJECTIONS = [
    "1;DROP TABLE items", "'; DROP TABLE items; --", "' OR 1=1 --", "\" OR \"\"=\"", "1'1", "`id`", "$(id)", "${HOME}",
    "${{{{7*7}}}}", "{{{{7*7}}}}", "{{%{}%}}", "<%= {} %>", "#{{7*7}}", "<script>alert({})</script>", "<img src=x onerror=alert(1)>",
    "<!--#exec cmd=\"id\"-->", "&lt;{}&gt;", "<![CDATA[{}]]>", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
    "=1+1", "=cmd|'/C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "=HYPERLINK(\"https://x.yz\",\"{}\")", "\",\"", "\"\"\"", "';'",
    "() {{ 0; }}; touch x;", "eval(\"{}\")", "System(\"ls\")", "| ls", "&& ls", "; ls", "\r\nSet-Cookie: a=b", "../../etc/passwd",
    "..\\..\\windows\\win.ini", "file:///etc/passwd", "C:\\con\\con", "\\\\server\\share", "/" * 90, "a/b\\c:d*e?f\"g<h>i|j",
    "*)(uid=*))(|(uid=*", "{{\"a\": [1, {{}}]}}", "[section]\nkey = 1", "a: &a [*a, *a]", "!!python/object/apply:os.system [id]",
]  # fmt: skip
FORMATS = [
    "%", "%s%s%s%s", "%n%n", "%d", "%x", "%1$s", "%(name)s", "%-99999d", "%99999999s", "{}", "{0}", "{0.__class__}", "{!r:>999}",
    "{", "}", "{{", "}}", "{:>99999}", "{self}", "$name", "$$", "\\n", "\\x1b[2J", "\\u202e", "\\0", "&#27;[2J", "^[[2J", "␛[2J",
]  # fmt: skip
EMOJI = [
    "👩‍👩‍👧‍👦", "🏳️‍🌈", "🏴‍☠️", "👍🏽", "👩🏿‍🚀", "🇩🇪", "🇩", "🇩🇪🇫", "1️⃣", "#️⃣", "*️⃣", "❤️", "❤", "☺️", "☺︎", "🧑‍🤝‍🧑", "👨🏻‍❤️‍💋‍👨🏿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏽", "\ufe0f", "\u20e3",
    "🫠", "🦰", "🈁", "ℹ️", "©️", "™", "⌚", "⏳", "↔️", "🀄", "🃏", "👁️‍🗨️", "\u200d🚀", "🚀\u200d", "🚀\u200d\u200d🚀", "\ufe0f\ufe0f\ufe0e",
]  # fmt: skip
SCRIPTS = [
    "監査ログのエクスポート", "田中さんにあげて下さい", "部落格", "사회과학원", "ㅤㅤ", "ｱｲｳｴｵ", "ＦＵＬＬ", "﷽", "ﷺ", "مُنَاقَشَةُ سُبُلِ اِسْتِخْدَامِ", "العربية",
    "שלום עולם", "הָיְתָה", "ثم نفس سقطت", "ก็กู้ภัย", "น้ำที่นี่", "ก้้้้้้", "क्षत्रिय", "हिन्दी", "தமிழ்", "മലയാളം", "తెలుగు", "ລາວ", "ខ្មែរ", "မြန်မာ", "བོད་ཡིག",
    "አማርኛ", "ქართული", "Ⰳⰾⰰⰳⱁⰾⰻⱌⰰ", "𒀀𒁀𒂀", "𝕳𝖊𝖑𝖑𝖔", "ⓦⓞⓡⓓⓢ", "Ａ＠", "ﬀﬁﬃ", "ßẞİıǅ", "ÅÅÅ", "ƛƝ", "ᚠᛇᚻ", "🄰🅐", "˙ɐnbᴉlɐ", "꧁꧂", "௵", "ᠮᠣᠩᠭᠣᠯ", "ߒߞߏ",
]  # fmt: skip
ODD = [
    "\ue000", "\uf8ff", "\U000f0000", "\U0010fffd", "\ufffe", "\uffff", "\U0001ffff", "\ufdd0", "\U0010ffff", "\ufffc", "\ufffd",
    "\U000e0001", "".join(chr(0xE0000 + ord(one)) for one in "hidden"), "\U000e0100", "\u0600", "\u06dd", "\u070f", "\u08e2",
    "\U000110bd", "\U0001d173\U0001d17a", "\U00013430\U00013438", "\u2064", "\u206a\u206f", "\u0f0c", "\u0378", "\U0002fffe",
]  # fmt: skip
SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff", "\udc80", "\ud83d\ude00"]
WORDS = [
    "audit log",
    "login",
    "the quarter",
    "Ana",
    "fix",
    "export",
    "Zürich",
    "a",
    "—",
    "Q3",
    "über",
    "x" * 40,
    "and then",
]


def _tower(draw: random.Random) -> str:
    """Letters under so many marks that they reach into the rows above."""

    def marks() -> str:
        blocks = (0x300, 0x320, 0x340, 0x483, 0x20D0, 0x1AB0)
        return "".join(chr(draw.choice(blocks) + draw.randrange(16)) for _ in range(draw.randrange(30)))

    return "".join(letter + marks() for letter in draw.choice(WORDS)[:6]) if draw.random() < 0.9 else marks()


def _anything(draw: random.Random) -> str:
    """Any characters at all, lone surrogates too."""
    ends = (0x80, 0x100, 0x3000, 0x10000, 0x110000)
    return "".join(chr(draw.randrange(draw.choice(ends))) for _ in range(draw.randrange(1, 40)))


@cache
def _formats() -> list[str]:
    """Every control and format character, and every separator of lines, that Unicode has."""
    return [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp")]


def _filled(draw: random.Random, patterns: Sequence[str]) -> str:
    return draw.choice(patterns).replace("{}", draw.choice(WORDS))


def _mixed(draw: random.Random, parts: Sequence[str]) -> str:
    words = [draw.choice(parts) if draw.random() < 0.5 else draw.choice(WORDS) for _ in range(draw.randrange(2, 8))]
    return draw.choice(("", "", " ")).join([*words, draw.choice(parts)])


def _huge(draw: random.Random) -> str:
    one = draw.choice((*EMOJI, *SCRIPTS, *MARKUP, *WORDS, "\u0301", "\u200b", "\x1b[1m", "\n", "["))
    return (one * (20_000 // len(one) + 1))[:20_000]


#: Each kind by its name.
KINDS: dict[str, Callable[[random.Random], str]] = {
    "reserved": lambda draw: draw.choice(RESERVED),
    "markup": lambda draw: _filled(draw, MARKUP),
    "escapes": lambda draw: _filled(draw, ESCAPES),
    "controls": lambda draw: _mixed(draw, CONTROLS),
    "breaks": lambda draw: _mixed(draw, BREAKS),
    "bidi": lambda draw: _mixed(draw, BIDI),
    "hidden": lambda draw: _mixed(draw, HIDDEN),
    "every format character": lambda draw: _mixed(draw, _formats()),
    "blanks": lambda draw: "".join(draw.choice((*BLANKS, *HIDDEN, "")) for _ in range(draw.randrange(6))),
    "towers": _tower,
    "emoji": lambda draw: _mixed(draw, EMOJI),
    "scripts": lambda draw: _mixed(draw, SCRIPTS),
    "odd": lambda draw: _mixed(draw, ODD),
    "surrogates": lambda draw: _mixed(draw, SURROGATES),
    "injections": lambda draw: _filled(draw, INJECTIONS),
    "formats": lambda draw: draw.choice(FORMATS),
    "numbers": lambda draw: draw.choice(NUMBERS),
    "anything": _anything,
    "several": lambda draw: _mixed(draw, (*ESCAPES, *MARKUP, *EMOJI, *SCRIPTS, *BIDI, *HIDDEN, *BREAKS, *ODD)),
}  # fmt: skip
#: One string in so many is huge: each costs as much as hundreds.
HUGE_EVERY = 500


def naughty(count: int, seed: int = 7) -> Iterator[str]:
    """So many strings, each kind in turn, the same for the same seed."""
    draw = random.Random(seed)
    kinds = list(KINDS.values())
    for at in range(count):
        text = _huge(draw) if at % HUGE_EVERY == HUGE_EVERY - 1 else kinds[at % len(kinds)](draw)
        # Half of them among other words, where most of them stand in life.
        if draw.random() < 0.5:
            text = f"{draw.choice(WORDS)} {text}{draw.choice(('', ' '))}{draw.randrange(10_000)}"
        yield text


def without_surrogates(text: str) -> str:
    """The text as a file or a database can hold it."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def obeyed(text: str) -> list[str]:
    """The characters in what is shown that a terminal would obey, or that would turn or break a row.

    By their names in Unicode, not by the project's own tables. A joiner alone is part of an emoji's shape.
    """
    return [one for one in text if one != "\u200d" and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
