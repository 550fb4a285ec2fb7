"""What trackers and people call a column in other languages, and its English name.

The names of Jira's columns are those of its own translations (German, French, Spanish, Portuguese, Italian, Dutch,
Polish, Russian, Japanese, Chinese); the others are plain words for what a backlog, a team list or a leave report has.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from store.imports.plain_words import bare_words

#: English name -> names without accents
_TRANSLATED = {
    "summary": (
        "zusammenfassung", "resume", "resumen", "resumo", "riepilogo", "samenvatting", "podsumowanie", "тема",
        "резюме",
        "要約", "摘要", "kurzbeschreibung", "sammanfattning", "sammendrag", "osszefoglalo",
    ),
    "subject": ("temat", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "arende", "sujet", "件名"),
    "work": ("praca", "arbeit", "travail", "trabajo", "trabalho", "lavoro", "werk", "arbete"),
    "title": ("titel", "titre", "titulo", "titolo", "tytul", "название", "заголовок", "タイトル", "标题",
    "bezeichnung",
              "intitule", "vorhaben", "thema", "was", "libelle", "tytuł", "rubrik", "tittel", "baslık", "제목",
              "otsikko", "nazev", "naslov", "cim"),
    "name": ("nombre", "nom", "nome", "naam", "nazwa", "namn", "navn", "имя", "名称", "名前", "이름", "氏名", "姓名",
             "imie i nazwisko", "фио", "nombre completo", "nome completo", "nom complet", "jmeno", "nev", "성명"),
    "issue key": (
        "vorgangsschlussel", "cle de ticket", "cle de la demande", "cle de demande", "clave de incidencia",
        "clave de la incidencia", "clave de actividad", "chave da item", "chave do item", "chave da issue",
        "chave da pendencia",
        "chiave ticket", "chiave segnalazione", "issuesleutel", "sleutel", "klucz zgloszenia", "klucz",
        "ключ", "anahtar", "ключ проблемы",
        "ключ запроса", "код", "課題キー", "キー", "问题关键字", "关键字", "arendenyckel", "schlussel", "cle",
        "clave", "chave", "chiave",
        "avain", "issue schlussel", "nyckel", "nokkel", "作業項目キー", "ticketnummer", "vorgangsnummer",
    ),
    "issue id": ("vorgangs id", "id de incidencia", "id de la incidencia", "id do item", "id da issue", "id ticket",
                 "id de ticket", "id de demande", "課題 id", "ид проблемы", "问题 id", "issue id"),
    "issue type": (
        "vorgangstyp", "type de ticket", "type de demande", "tipo de incidencia", "tipo de actividad",
        "tipo de item", "tipo de issue",
        "tipo de pendencia", "tipo ticket", "tipo di ticket", "tipo segnalazione", "issuetype", "typ zgloszenia",
        "тип запроса",
        "тип задачи", "тип проблемы", "課題タイプ", "问题类型", "arendetyp", "sakstype",
    ),
    "type": ("種別", "类别", "유형", "tur", "typ", "tipo", "art", "тип", "类型", "タイプ", "soort", "tyyppi",
    "kategorie vorgang"),
    "status": ("estado", "etat", "statut", "stato", "zustand", "상태", "承認状況", "审批状态", "статус", "ステータス",
    "状态", "状態", "tila",
    "stav", "durum",
               "allapot", "situacao"),
    "status category": ("statuskategorie", "categorie d etat", "categorie de statut", "categoria de estado",
                        "categoria do status", "categoria di stato", "statuscategorie", "kategoria statusu",
                        "ステータスカテゴリー", "状态类别"),
    "priority": ("oncelik", "우선순위", "重要度", "prioritat", "priorite", "prioridad", "prioridade", "priorita",
    "prioriteit", "priorytet",
    "приоритет",
                 "優先度", "优先级", "prioritet"),
    "labels": ("stichworter", "stichworte", "etiquettes", "etiquetas", "etichette", "labels", "etykiety", "метки",
    "ラベル", "标签",
               "schlagworter", "schlagworte", "etiketter", "tags"),
    "components": ("komponenten", "komponente", "komponente n", "composants", "composant", "composant s",
    "componentes",
                   "componente", "componente s", "componenti", "onderdelen", "komponenty", "компоненты",
                   "コンポーネント", "模块"),
    "due date": (
        "期限日", "截止日期", "截止日", "마감일", "bitis tarihi", "termin ukonczenia", "fecha de entrega", "due am",
        "data limite",
        "falligkeitsdatum", "fallig", "fallig am", "falligkeit", "date d echeance", "echeance",
        "fecha de vencimiento", "vencimiento",
        "fecha limite", "data limite", "data de vencimento", "prazo", "data de entrega", "data di scadenza",
        "scadenza",
        "vervaldatum", "einddatum", "termin wykonania", "termin", "deadline", "срок исполнения", "срок", "期限",
        "期日",
        "到期日", "forfallodatum", "frist", "zieldatum", "stichtag", "due",
    ),
    "assignee": (
        "담당자", "atanan", "sorumlu", "wlasciciel", "odpowiedzialny", "propietario", "proprietario", "proprietaire",
        "besitzer",
        "ответственный", "обозначен", "担当",
        "zugewiesene person", "zugewiesen", "zugewiesen an", "bearbeiter", "verantwortlich", "verantwortlicher",
        "zustandig",
        "personne assignee", "responsable", "attribution", "assigne a", "assigne", "persona asignada", "asignado",
        "asignado a", "responsavel", "atribuido a", "assegnatario", "assegnato a", "responsabile", "toegewezen aan",
        "uitvoerder", "przypisany do", "osoba przypisana", "исполнитель", "担当者", "经办人", "负责人", "tilldelad",
        "ansvarig",
    ),
    "description": ("詳細", "설명", "aciklama", "popis", "beschreibung", "descripcion", "descricao", "descrizione",
    "beschrijving", "omschrijving", "opis",
                    "описание", "説明", "描述", "beskrivning", "beskrivelse", "kuvaus"),
    "resolution": ("losung", "resolucion", "resolucao", "risoluzione", "oplossing", "rozwiazanie", "resolutie",
    "резолюция",
                   "решение", "解決状況", "解决结果", "losning"),
    "resolved": ("erledigt", "erledigt am", "gelost", "resolu", "resolue", "resolue le", "resuelta", "resuelto",
    "resolvido",
                 "resolvida", "risolto", "opgelost", "rozwiazano", "решено", "дата решения", "解決日", "已解决"),
    "closed": ("geschlossen", "geschlossen am", "abgeschlossen", "abgeschlossen am", "ferme", "ferme le", "cerrado",
    "fechado",
               "chiuso", "gesloten", "zamkniete"),
    "completed": ("fertiggestellt", "fertiggestellt am", "termine", "termine le", "completado", "concluido",
    "concluido em",
                  "completato", "voltooid", "beendet am", "finalizado"),
    "archived": ("archiviert", "archive", "archivado", "arquivado", "archiviato", "gearchiveerd"),
    "percent complete": ("fortschritt", "avancement", "progreso", "progresso", "voortgang", "% erledigt",
    "erledigungsgrad",
                         "percent erledigt", "percent fertig", "postep"),
    "original estimate": ("ursprungliche schatzung", "ursprungliche aufwandsschatzung", "estimation originale",
                          "estimation initiale", "estimacion original", "estimativa original", "stima originale",
                          "oorspronkelijke schatting", "pierwotne oszacowanie", "первоначальная оценка",
                          "初期見積り", "初期見積もり",
                          "原估时间", "初始预估"),
    "estimate": ("예상", "tahmin", "oszacowanie", "odhad", "견적", "見積", "预估", "估算", "schatzung",
    "aufwandsschatzung",
    "estimation", "estimacion", "estimativa", "stima", "schatting",
    "оценка",
                 "見積り", "見積もり", "geschatzt", "uppskattning", "inschatting", "szacunek"),
    "effort": ("aufwand", "esfuerzo", "esforco", "sforzo", "inspanning", "трудозатраты", "工数", "effort", "charge"),
    "size": ("grosse", "taille", "tamano", "tamanho", "dimensione", "grootte", "rozmiar", "размер", "umfang"),
    "story points": ("punkte", "story punkte", "puntos", "puntos de historia", "pontos", "pontos de historia",
                     "story points estimate", "points de story", "punti", "punkty", "storypunkte", "очки",
                     "ストーリーポイント",
                     "estimation du story point", "estimacion de story points", "stima punti storia"),
    "days": ("дн", "일", "日", "人日", "gun", "인일", "dzien", "tage", "personentage", "arbeitstage", "jours",
    "jours homme", "dias", "giorni", "dagen", "dni", "дни",
    "manntage",
             "urlaubstage", "anzahl tage", "nombre de jours", "nb jours", "nb de jours", "dagar", "dage", "天数",
             "日数", "休暇日数",
             "取得日数", "일수", "liczba dni", "dias laborables", "dias uteis", "dias habiles", "numero de dias",
             "pocet dni",
             "giorni lavorativi", "werkdagen"),
    "hours": ("ч", "час", "시간", "時間", "工时", "工時", "saat", "予定時間", "见积时间", "見積時間", "预估工时",
    "预计工时", "估计工时", "예상 시간",
              "예상시간", "godz", "hod", "timmar", "stunden", "heures", "horas", "ore", "uren", "godziny", "часы",
              "std"),
    "weeks": ("wochen", "semaines", "semanas", "settimane", "weken", "tygodnie", "personenwochen"),
    "value": ("wert", "geschaftswert", "valeur", "valor", "valore", "waarde", "wartosc", "nutzen", "ценность"),
    "team": ("部门", "部門", "팀", "takim", "ekip", "отдел", "tym", "lag", "equipe", "equipo", "squadra", "zespol",
    "команда", "チーム", "团队", "mannschaft", "gruppe",
    "abteilung"),
    "customer": ("お客様", "고객", "musteri", "zakaznik", "kunde", "kunden", "client", "clients", "cliente",
    "clientes", "clienti", "klant", "klanten",
    "klient",
                 "клиент", "顧客", "客户"),
    "notes": ("notiz", "notizen", "bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "remarque", "remarques",
    "notas",
              "observaciones", "observacoes", "note", "opmerkingen", "uwagi", "kommentar", "commentaire",
              "comentario"),
    "parent": ("親課題", "父任务", "상위 항목", "nadrzedne", "rodzic", "ubergeordnet", "ticket parent",
    "tache parente", "ubergeordneter vorgang",
               "ubergeordnete aufgabe", "elternvorgang", "principal", "padre",
               "elemento padre", "pai", "item pai", "bovenliggend", "родитель", "親", "父级"),
    "parent key": ("ubergeordneter schlussel", "clave principal", "chave pai", "cle parent", "cle parente"),
    "epic link": ("epos verknupfung", "epic verknupfung", "lien d epopee",
                  "lien de l epopee", "enlace de epica", "enlace a la epica",
    "link do epico",
                  "collegamento epic"),
    "sub task": ("unteraufgabe", "teilaufgabe", "sous tache", "subtarea", "sub tarefa", "subtarefa", "sottotask",
                 "sottoattivita", "subtaak", "podzadanie", "подзадача", "サブタスク", "子任务"),
    "item": ("vorgang", "eintrag", "element", "elemento", "anforderung"),
    "task": ("aufgabe", "tache", "tarea", "tarefa", "attivita", "taak", "zadanie", "задача", "任务", "タスク",
    "uppgift"),
    "id": ("nr", "nummer", "no", "numero", "kennung", "번호", "番号", "编号", "id nummer", "lfd nr"),
    # People and leave
    "employee": ("mitarbeiter", "mitarbeiterin", "mitarbeitende", "mitarbeitender", "employe", "salarie",
    "collaborateur", "empleado",
                 "trabajador", "funcionario", "colaborador", "dipendente", "medewerker", "werknemer", "pracownik",
                 "сотрудник", "社員", "社員名", "従業員", "従業員名", "员工", "员工姓名", "직원", "zamestnanec",
                 "persona", "beschaftigter", "anstalld", "medarbejder"),
    "first name": ("vorname", "prenom", "nome proprio", "voornaam", "imie", "имя сотрудника", "fornamn", "fornavn"),
    "last name": ("nachname", "familienname", "nom de famille", "apellido", "apellidos", "sobrenome", "cognome",
    "achternaam",
                  "nazwisko", "фамилия", "efternamn", "etternavn"),
    "from": ("von", "ab", "du", "desde", "de", "dal", "van", "od", "с", "beginn", "debut", "inicio", "inizio",
    "fran", "fra"),
    "to": ("bis", "au", "hasta", "ate", "al", "tot", "do", "по", "ende", "fin", "fim", "fine", "till", "til"),
    "start date": ("startdatum", "anfangsdatum", "beginndatum", "date de debut", "fecha de inicio", "data de inicio",
                   "data di inizio", "begindatum", "fecha inicio", "data inicio", "data inizio", "data od", "開始日",
                   "开始日期",
                   "시작일", "primer dia", "premier jour", "primeiro dia", "data rozpoczecia", "дата начала",
                   "erster tag", "startdato"),
    "end date": ("enddatum", "date de fin", "fecha de fin", "data de fim", "data final", "data di fine",
                 "fecha fin", "fecha final", "fecha de termino", "data fim", "data termino", "data de termino",
                 "data fine",
                 "data do", "終了日", "结束日期", "종료일", "ultimo dia", "dernier jour", "ultimo giorno",
                 "data zakonczenia", "дата окончания", "letzter tag", "slutdatum", "sluttdato"),
    "leave type": ("abwesenheitsart", "urlaubsart", "abwesenheitstyp", "abwesenheitsgrund", "type d absence",
    "type de conge", "motif",
                   "tipo de ausencia", "tipo de licenca", "tipo di assenza", "verlofsoort", "verloftype",
                   "rodzaj urlopu", "typ nieobecnosci", "rodzaj nieobecnosci", "tipo de ausencia laboral",
                   "tipo ausencia",
                   "tipo de afastamento", "tipo de ferias", "tipo assenza", "franvarotyp", "fravarstype",
                   "typ absence",
                   "休暇種別", "休暇種類", "休暇区分", "休暇の種類", "种类", "请假类型", "휴가 종류", "휴가종류",
                   "тип отсутствия", "вид отпуска",
                   "art der abwesenheit", "grund"),
}  # fmt: skip
_ENGLISH = {" ".join(bare_words(name)): english for english, names in _TRANSLATED.items() for name in names}
#: Names that are English as well, and mean what they say there.
for _name in ("note", "labels", "tags", "deadline", "due", "effort", "estimation", "client", "clients", "no", "do",
              "de", "element", "item", "code", "motif", "charge", "issue id", "archive"):  # fmt: skip
    _ENGLISH.pop(_name, None)
#: from here on names are Korean, Chinese or Japanese
_FAR_EAST = "\u1100"


def puts_the_day_first(header: Iterable[str]) -> bool:
    """Whether a header is in a language that puts the day before the month, as all of these do but English, and those
    that begin with the year: two of its names, or more, are no English words."""
    found = (" ".join(bare_words(name)) for name in header)
    return sum(name in _ENGLISH and _ENGLISH[name] != name and name < _FAR_EAST for name in found) > 1


@lru_cache(maxsize=4_096)
def in_english(name: str) -> str:
    """A column's simplified name in English: as a whole, else word by word where every word is known; else as it is."""
    words = bare_words(name)
    plain = " ".join(words)
    if found := _ENGLISH.get(plain):
        return found
    if (len(words) > 1 and not plain.isascii()) or len(words) == 2:
        each = [_ENGLISH.get(word) for word in words]
        if all(each):
            return " ".join(filter(None, each))
    return name
