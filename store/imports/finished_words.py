"""Words that say that work is over, in the languages that trackers speak; all without accents, in lower case.

Sources of the translations: the names that Jira's own language packs, Azure DevOps' process templates, Pivotal, Linear,
Trello and GitLab give their states, and what people call a last column.
"""

from __future__ import annotations

#: what a word begins with that says so, as the first word of a status ("released to production")
STEMS = (
    # English
    "done", "closed", "resolved", "cancel", "complete", "finished", "finalised", "finalized", "released", "shipped",
    "deployed", "launched", "delivered", "implemented", "merged", "fixed", "solved", "verified", "accepted", "archived",
    "removed", "deleted", "discarded", "declined", "rejected", "denied", "abandon", "obsolete", "duplicate", "dropped",
    "scrapped", "killed", "withdrawn", "wontfix", "wontdo", "invalid", "superseded", "deprecated", "published",
    "terminated", "concluded", "ended", "descoped", "retired", "achieved", "trashed", "decommissioned", "sunset",
    # German
    "erledigt", "abgeschlossen", "geschlossen", "gelost", "behoben", "abgebrochen", "abgelehnt", "verworfen",
    "archiviert", "umgesetzt", "ausgeliefert", "veroffentlicht", "storniert", "beendet", "duplikat", "zuruckgezogen",
    "fertiggestellt",
    "entfernt", "geloscht", "hinfallig", "zuruckgewiesen", "abgenommen", "freigeschaltet", "ausgerollt",
    # French
    "termine", "annule", "rejete", "refuse", "livre", "clotur", "abandonne", "acheve",
    "deploye", "doublon", "publie", "supprime", "realise", "corrige",
    # Spanish, Portuguese
    "finalizad", "terminad", "cerrad", "resuelt", "hecho", "hecha", "completad", "rechazad", "descartad", "entregad",
    "publicad", "archivad", "duplicad", "eliminad", "anulad", "desplegad", "lanzad", "concluid",
    "feito", "feita", "fechad", "resolvid", "encerrad", "entregue", "rejeitad", "arquivad", "solucionad",
    "implementad", "corregid", "corrigid",
    # Italian
    "completat", "fatto", "fatta", "chius", "risolt", "annullat", "terminat", "rilasciat", "rifiutat", "archiviat",
    "consegnat", "scartat", "conclus", "pubblicat",
    # Dutch, Scandinavian
    "afgerond", "gesloten", "opgelost", "geannuleerd", "voltooid", "gedaan", "afgewezen", "vervallen",
    "opgeleverd", "gearchiveerd", "stangd", "avslutad", "avbrut",
    "lukket", "avsluttet", "fullfort", "fullført", "afsluttet", "suljettu",
    # Polish, Czech, Hungarian, Turkish
    "zakoncz", "zamkn", "ukoncz", "rozwiaz", "anulowan", "zrobion", "odrzucon", "wdrozon", "uzavren", "dokoncen",
    "vyresen", "zrusen", "lezar", "tamamlan", "kapali", "kapandi", "kapatil", "bitti",
    "iptal", "cozul",
    # Russian, Ukrainian
    "закрыт", "выполнен", "решен", "отменен", "завершен", "сделан", "отклонен", "виконан", "закрит", "скасован",
    # Chinese, Japanese, Korean
    "完成", "已完成", "已关闭", "已關閉", "关闭", "已取消", "取消", "已解决", "已解決", "已拒绝", "已发布", "完了",
    "終了", "クロース",
    "解決済", "却下", "キャンセル", "処理済", "対応済", "완료", "종료", "닫힘", "해결", "취소", "완료됨",
)  # fmt: skip
#: whole statuses, as words
WHOLE = frozenset({
    "live", "cut", "rolled out", "in production", "in prod", "on production", "prod", "ga", "generally available",
    "gone live", "went live", "wont do", "wont fix", "will not do", "will not fix", "not doing", "not planned",
    "not needed", "no longer needed", "not a bug", "no fix", "out of scope", "cannot reproduce", "cant reproduce",
    "unable to reproduce", "as designed", "works as designed", "by design", "works for me", "signed off", "100",
    "trash",
    "bin", "graveyard", "archiv", "archive", "wird nicht erledigt", "wird nicht umgesetzt", "wird nicht gemacht",
    "wird nicht behoben",
    "nicht erforderlich", "nicht geplant", "nicht reproduzierbar", "ne sera pas fait", "non reproductible",
    "no se hara", "no se corregira", "nao sera feito", "nao sera corrigido", "non verra fatto", "wordt niet gedaan",
    "itens concluidos", "elementos terminados", "en produccion", "en production", "em producao", "in produzione",
    "in produktion", "produktiv",
    # These mean "ready" as well, where more follows: "listo para revisar".
    "fertig", "listo", "lista", "pronto", "pronta", "gereed", "klaar", "klar", "klart", "gotowe", "hotovo", "hotove",
    "готово", "valmis", "kesz", "fardig", "faerdig", "færdig", "ferdig", "fait", "faite", "fini", "finie", "clos",
    "ferme",
    "fermee", "resolu", "resolue", "lost", "løst",
})  # fmt: skip
#: words that may stand before the one that counts ("all done", "ticket closed", "5 - done")
BEFORE = frozenset({
    "already", "all", "fully", "completely", "successfully", "has", "have", "been", "was", "is", "now", "issue",
    "ticket", "case", "task", "story", "item", "card", "work", "project", "itens", "items", "elementos", "tareas",
})  # fmt: skip
#: words after it that say that something is still to come ("deployed to staging", "done, awaiting review")
STILL = frozenset({
    "await", "awaiting", "wait", "waiting", "waits", "pending", "ready", "need", "needs", "needed", "not", "beta",
    "alpha", "review", "test", "testing", "qa", "uat", "staging", "stage", "dev", "develop", "development",
    "preprod", "integration", "backlog", "todo", "next", "partially", "partly", "progress", "planned", "planning",
    "verification", "verify", "verifying", "approval", "approve", "except", "but", "later", "refinement", "grooming",
    "internally", "started", "soon", "definition", "question", "warten", "teilweise", "offen", "noch", "prufung",
})  # fmt: skip
#: what flag and date columns hold where they say no
NO = frozenset({
    "", "no", "n", "false", "0", "f", "off", "open", "nein", "non", "falsch", "faux", "falso", "nao",
                "none", "null", "-", "–", "—", "never", "n/a", "[]", "unresolved", "nicht erledigt",
                "unerledigt",
})  # fmt: skip
YES = frozenset({
    "yes", "y", "true", "1", "t", "x", "on", "✓", "✔", "✅", "☑", "ja", "oui", "si", "sim", "wahr", "vrai",
    "verdadero", "vero", "checked", "done", "complete", "completed", "closed", "archived",
})  # fmt: skip
