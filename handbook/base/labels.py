"""Dates and page labels in the languages of the network's countries.

Belongs here: the few words that the program itself puts on a printed page, and how a date is written. Not here: the
window's texts (Qt translates those), and the content.

The names of months are those of the Unicode CLDR in their "format" form (the genitive, where a language has
one): https://cldr.unicode.org. A test compares them with Qt's copy of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a page in one language.

    name: of the language, written in that language.
    date: how a day is written, with {day}, {month} and {year}; `months` from January on.
    day:  "Day {}", with the number to fill in."""

    name: str
    months: tuple[str, ...]
    date: str
    contents: str
    notes: str
    page: str
    of: str
    programme: str
    day: str
    trainers: str
    participants: str
    trainers_packet: str
    participants_packet: str
    minutes: str
    time: str
    what: str
    custom_page: str
    glue: str
    above: str
    below: str
    elsewhere: str
    no_picture: str


def _months(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LABELS: Mapping[str, Labels] = {
    "en": Labels(
        name="English",
        months=_months("January February March April May June July August September October November December"),
        date="{day} {month} {year}",
        contents="Contents",
        notes="Notes",
        page="page",
        of="of",
        programme="Programme",
        day="Day {}",
        trainers="Trainers",
        participants="Participants",
        trainers_packet="Trainer’s packet",
        participants_packet="Participants’ packet",
        minutes="min",
        time="Time",
        what="What",
        custom_page="Own page, not part of the handbook",
        glue="Glue here",
        above="above",
        below="below",
        elsewhere="not in this packet",
        no_picture="Picture not shown",
    ),
    "be": Labels(
        name="беларуская",
        months=_months(
            "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня"
        ),
        date="{day} {month} {year} г.",
        contents="Змест",
        notes="Нататкі",
        page="старонка",
        of="з",
        programme="Праграма",
        day="Дзень {}",
        trainers="Трэнеры",
        participants="Удзельнікі",
        trainers_packet="Матэрыялы для трэнера",
        participants_packet="Матэрыялы для ўдзельнікаў",
        minutes="хв",
        time="Час",
        what="Што",
        custom_page="Уласная старонка, не частка даведніка",
        glue="Склеіць тут",
        above="вышэй",
        below="ніжэй",
        elsewhere="няма ў гэтых матэрыялах",
        no_picture="Малюнак не паказаны",
    ),
    "bg": Labels(
        name="български",
        months=_months("януари февруари март април май юни юли август септември октомври ноември декември"),
        date="{day} {month} {year} г.",
        contents="Съдържание",
        notes="Бележки",
        page="страница",
        of="от",
        programme="Програма",
        day="Ден {}",
        trainers="Обучители",
        participants="Участници",
        trainers_packet="Материали за обучителя",
        participants_packet="Материали за участниците",
        minutes="мин",
        time="Час",
        what="Какво",
        custom_page="Собствена страница, не е част от наръчника",
        glue="Залепете тук",
        above="по-горе",
        below="по-долу",
        elsewhere="не е в тези материали",
        no_picture="Картината не е показана",
    ),
    "bs": Labels(
        name="bosanski",
        months=_months("januar februar mart april maj juni juli august septembar oktobar novembar decembar"),
        date="{day}. {month} {year}.",
        contents="Sadržaj",
        notes="Bilješke",
        page="stranica",
        of="od",
        programme="Program",
        day="{}. dan",
        trainers="Treneri",
        participants="Učesnici",
        trainers_packet="Materijal za trenera",
        participants_packet="Materijal za učesnike",
        minutes="min",
        time="Vrijeme",
        what="Šta",
        custom_page="Vlastita stranica, nije dio priručnika",
        glue="Zalijepiti ovdje",
        above="gore",
        below="dolje",
        elsewhere="nije u ovim materijalima",
        no_picture="Slika nije prikazana",
    ),
    "cs": Labels(
        name="čeština",
        months=_months("ledna února března dubna května června července srpna září října listopadu prosince"),
        date="{day}. {month} {year}",
        contents="Obsah",
        notes="Poznámky",
        page="strana",
        of="z",
        programme="Program",
        day="{}. den",
        trainers="Lektoři",
        participants="Účastníci",
        trainers_packet="Materiály pro lektora",
        participants_packet="Materiály pro účastníky",
        minutes="min",
        time="Čas",
        what="Co",
        custom_page="Vlastní stránka, není součástí příručky",
        glue="Zde slepit",
        above="výše",
        below="níže",
        elsewhere="není v těchto materiálech",
        no_picture="Obrázek není zobrazen",
    ),
    "mk": Labels(
        name="македонски",
        months=_months("јануари февруари март април мај јуни јули август септември октомври ноември декември"),
        date="{day} {month} {year} г.",
        contents="Содржина",
        notes="Белешки",
        page="страница",
        of="од",
        programme="Програма",
        day="Ден {}",
        trainers="Обучувачи",
        participants="Учесници",
        trainers_packet="Материјали за обучувачот",
        participants_packet="Материјали за учесниците",
        minutes="мин",
        time="Време",
        what="Што",
        custom_page="Сопствена страница, не е дел од прирачникот",
        glue="Залепете тука",
        above="погоре",
        below="подолу",
        elsewhere="не е во овие материјали",
        no_picture="Сликата не е прикажана",
    ),
    "nl": Labels(
        name="Nederlands",
        months=_months("januari februari maart april mei juni juli augustus september oktober november december"),
        date="{day} {month} {year}",
        contents="Inhoud",
        notes="Notities",
        page="pagina",
        of="van",
        programme="Programma",
        day="Dag {}",
        trainers="Trainers",
        participants="Deelnemers",
        trainers_packet="Map voor de trainer",
        participants_packet="Map voor deelnemers",
        minutes="min",
        time="Tijd",
        what="Wat",
        custom_page="Eigen pagina, geen deel van het handboek",
        glue="Hier lijmen",
        above="hierboven",
        below="hieronder",
        elsewhere="niet in dit pakket",
        no_picture="Afbeelding niet getoond",
    ),
    "pl": Labels(
        name="polski",
        months=_months(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
        ),
        date="{day} {month} {year}",
        contents="Spis treści",
        notes="Notatki",
        page="strona",
        of="z",
        programme="Program",
        day="Dzień {}",
        trainers="Trenerzy",
        participants="Uczestnicy",
        trainers_packet="Materiały dla trenera",
        participants_packet="Materiały dla uczestników",
        minutes="min",
        time="Godzina",
        what="Co",
        custom_page="Strona własna, nie należy do podręcznika",
        glue="Tu skleić",
        above="powyżej",
        below="poniżej",
        elsewhere="nie ma w tych materiałach",
        no_picture="Nie pokazano ilustracji",
    ),
    "ro": Labels(
        name="română",
        months=_months(
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"
        ),
        date="{day} {month} {year}",
        contents="Cuprins",
        notes="Notițe",
        page="pagina",
        of="din",
        programme="Program",
        day="Ziua {}",
        trainers="Formatori",
        participants="Participanți",
        trainers_packet="Materiale pentru formator",
        participants_packet="Materiale pentru participanți",
        minutes="min",
        time="Ora",
        what="Ce",
        custom_page="Pagină proprie, nu face parte din manual",
        glue="Lipiți aici",
        above="mai sus",
        below="mai jos",
        elsewhere="nu este în aceste materiale",
        no_picture="Imaginea nu este afișată",
    ),
    "ru": Labels(
        name="русский",
        months=_months("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
        date="{day} {month} {year} г.",
        contents="Содержание",
        notes="Заметки",
        page="страница",
        of="из",
        programme="Программа",
        day="День {}",
        trainers="Тренеры",
        participants="Участники",
        trainers_packet="Материалы для тренера",
        participants_packet="Материалы для участников",
        minutes="мин",
        time="Время",
        what="Что",
        custom_page="Собственная страница, не часть справочника",
        glue="Клеить здесь",
        above="выше",
        below="ниже",
        elsewhere="нет в этих материалах",
        no_picture="Рисунок не показан",
    ),
    "uk": Labels(
        name="українська",
        months=_months("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
        date="{day} {month} {year} р.",
        contents="Зміст",
        notes="Нотатки",
        page="сторінка",
        of="з",
        programme="Програма",
        day="День {}",
        trainers="Тренери",
        participants="Учасники",
        trainers_packet="Матеріали для тренера",
        participants_packet="Матеріали для учасників",
        minutes="хв",
        time="Час",
        what="Що",
        custom_page="Власна сторінка, не частина посібника",
        glue="Клеїти тут",
        above="вище",
        below="нижче",
        elsewhere="немає в цих матеріалах",
        no_picture="Малюнок не показано",
    ),
}
LANGUAGES: tuple[str, ...] = tuple(LABELS)


def written(date: datetime.date, language: str) -> str:
    """A day in words: 24 November 2026. An unknown language is English."""
    labels = of(language)
    return labels.date.format(day=date.day, month=labels.months[date.month - 1], year=date.year)


def of(language: str) -> Labels:
    """The labels of a language; an unknown one has English."""
    return LABELS.get(language, LABELS["en"])
