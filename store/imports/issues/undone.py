"""Words that say that work is over and was not done: nobody spent what it would have taken."""

from __future__ import annotations

from functools import lru_cache

from store.imports.plain_words import bare_words

#: what the first word that counts begins with; without accents, in lower case
_STEMS = (
    "cancel", "declin", "reject", "denied", "abandon", "obsolete", "duplica", "dropped", "scrapped", "killed",
    "withdrawn", "wont", "invalid", "superseded", "trashed", "deleted", "discarded", "descoped", "removed",
    "abgebrochen", "abgelehnt", "verworfen", "storniert", "duplikat", "hinfallig", "zuruckge", "annul", "rejet",
    "refus", "doublon", "rechazad", "descartad", "anulad", "rejeitad", "rifiutat", "scartat", "geannuleerd",
    "afgewezen", "vervallen", "anulowan", "odrzucon", "zrusen", "iptal", "отменен", "отклонен", "скасован", "已取消",
    "取消", "却下", "キャンセル", "취소",
)  # fmt: skip
#: words that begin a status of this kind
_BEGINNINGS = (
    "will not", "not doing", "not planned", "not needed", "not a bug", "no longer needed", "no fix", "cannot reproduce",
    "cant reproduce", "unable to reproduce", "as designed", "works as designed", "by design", "works for me",
    "out of scope", "wird nicht", "nicht erforderlich", "nicht geplant", "nicht reproduzierbar", "ne sera pas",
    "non reproductible", "no se hara", "no se corregira", "nao sera", "non verra", "wordt niet",
)  # fmt: skip


@lru_cache(maxsize=4_096)
def says_undone(status: str) -> bool:
    """Whether a status, a resolution or the name of a column says that nothing was done."""
    words = bare_words(status)
    if words and words[0].isdigit() and len(words) > 1:
        words = words[1:]
    return bool(words) and (words[0].startswith(_STEMS) or " ".join(words).startswith(_BEGINNINGS))
