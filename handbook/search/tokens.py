"""Words as the index knows them: what counts as a word, and which words count as the same.

Belongs here: cutting text into words, folding case and accents, spelling variants, stems, stop words. Not
here: which sections hold a word (index_builder.py). What is done to a text is done to a query, by the same code.

A word goes through three shapes:
    raw    as it stands in the text: "Organizing", "women’s"
    form   one spelling of it, folded: "organizing", "women"
    term   what the index stores: "organis", "woman"; words with one term find each other."""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from handbook.base.late_patterns import late_pattern

MAX_LETTERS = 64  # of a form: nobody looks for longer words, and stemming them would take long

# Letters and digits of any script. Inside a word may stand: apostrophes (women's, п'ять), and signs without
# width of their own (combining accents, soft hyphens, joiners), which also may end it.
_APOSTROPHES = "'`\u00b4\u2018\u2019\u02bc"  # typewriter's, grave, acute, both curly ones, the letter
_WIDTHLESS = "\u0300-\u036f\u00ad\u200c\u200d\u2060"
HYPHENS = "-\u2010\u2011"
WORD = late_pattern(rf"[^\W_]+(?:[{_WIDTHLESS}]+[^\W_]*|[{_APOSTROPHES}][^\W_]+)*")
# What is one word though signs stand in it: a number in groups of three digits ("1,500,000", "1 500 000"), and a
# compound with a single letter in front ("e-mail", "T-shirt").
_GROUPS = r"[1-9][0-9]{0,2}(?:([,. \u00a0\u2009\u202f])[0-9]{3})(?:\1[0-9]{3}){0,8}(?![^\W_])"
_LETTER = rf"\b([^\W\d_])[{HYPHENS}]((?=[^\W\d_]{{2}}){WORD.pattern})"
_PIECE = late_pattern(rf"{_GROUPS}|{_LETTER}|{WORD.pattern}")
# Is there any of them in a text? Quick, as most have none.
_SIGNED = late_pattern(rf"[{HYPHENS}](?<=\b[^\W\d_].)(?=[^\W\d_]{{2}})|[0-9](?=[^\w-][0-9]{{3}})")
_IN_WORD = late_pattern(rf"[{_APOSTROPHES}{_WIDTHLESS}]")
_POSSESSIVE = late_pattern(rf"[{_APOSTROPHES}]s$")


class Word(NamedTuple):
    """A word in a text: text[start:end] has this form.

    parts: forms that find it too: "mail" in "e-mail", "500" in "1,500"."""

    start: int
    end: int
    form: str
    parts: tuple[str, ...] = ()


def scan(text: str) -> Iterator[Word]:
    """The words of a text in order, with their places."""
    waiting: Word | None = None
    for word in _pieces(text):
        if waiting is not None:
            joined = compound(waiting.form, text[waiting.end : word.start], word.form)
            if joined:
                yield Word(waiting.start, word.end, joined)
                waiting = None
                continue
            yield waiting._replace(form=unabridged(waiting.form, word.form))
            waiting = None
        if word.form in _LOOKS_AHEAD:
            waiting = word
        else:
            yield word
    if waiting is not None:
        yield waiting


def _pieces(text: str) -> Iterator[Word]:
    """The words between the signs of a text, and those that are one in spite of them."""
    signed = _SIGNED.search(text) is not None
    for match in (_PIECE if signed else WORD).finditer(text):
        separator, letter, rest = match.groups() if signed else (None, None, None)
        if separator:
            groups = match[0].split(separator)
            yield Word(match.start(), match.end(), "".join(groups), tuple(groups))
        elif letter:
            form = fold(rest)
            yield Word(match.start(), match.end(), (fold(letter) + form)[:MAX_LETTERS], (form,))
        else:
            yield Word(match.start(), match.end(), fold(match[0]))


def forms(text: str) -> list[str]:
    """The forms of a text's words in order: as scan() gives them, but three times as fast."""
    found = list(map(fold, WORD.findall(text)))
    plain = _LOOKS_AHEAD.isdisjoint(found) and not _SIGNED.search(text)
    return found if plain else [word.form for word in scan(text)]


def parts(text: str) -> dict[int, tuple[str, ...]]:
    """Which words of a text are found by parts of them too, by their number from 0."""
    if not _SIGNED.search(text):
        return {}
    return {number: word.parts for number, word in enumerate(scan(text)) if word.parts}


def compound(form: str, between: str, after: str) -> str:
    """The form of one word that is written as two ("co-ordination", "co ordination"), or "" for two words.

    Only for beginnings that are no words themselves; others, as in "anti-trafficking", can be searched alone,
    and index.py brings their joined and split spellings together by what the index holds."""
    if form in _BEGINNINGS and len(between) == 1 and between != "\n" and after.isalpha():
        return (form + after)[:MAX_LETTERS]
    return ""


def unabridged(form: str, after: str) -> str:
    """The full word for an abbreviation that stands before a number: "rec 4", "art. 26", "rec. iii"."""
    return _ABBREVIATIONS.get(form, form) if numeral(after)[:1].isdigit() else form


_BEGINNINGS = frozenset({"co", "re"})
_ABBREVIATIONS = {
    "art": "article",
    "arts": "articles",
    "ch": "chapter",
    "para": "paragraph",
    "paras": "paragraphs",
    "rec": "recommendation",
    "recs": "recommendations",
    "sec": "section",
}
_LOOKS_AHEAD = _BEGINNINGS | frozenset(_ABBREVIATIONS)


# -- Raw to form ------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1 << 16)
def fold(raw: str) -> str:
    """A word's form: lower case, without accents, apostrophes and the possessive s.

    Accents are folded on Latin letters only. Stripping them by NFD, as is often done, would turn Cyrillic й
    into и, which is another letter, and would leave Polish ł and Danish ø alone. Of Cyrillic letters only ё becomes
    another one, the one without dots, as most people write it."""
    if raw.isascii() and raw.isalnum():
        return raw[:MAX_LETTERS].lower()
    form = unicodedata.normalize("NFKC", raw[: 4 * MAX_LETTERS]).casefold()
    form = _IN_WORD.sub("", _POSSESSIVE.sub("", form))
    return form.translate(_latin_letters())[:MAX_LETTERS] or raw[:MAX_LETTERS]


@functools.cache
def _latin_letters() -> dict[int, str]:
    """Lower-case Latin letters with accents, and what is typed for them on a plain keyboard.

    The same as Whoosh's accent_map for the letters of Europe's languages (tests/search/test_tokens.py compares them);
    made here, because that map turns a combining accent that stands alone into a letter."""
    table = _UNDECOMPOSED | {"\u0451": "\u0435"}  # the Cyrillic yo
    for code in (*range(0xDF, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        base = table.get(base, base)
        if base.isascii() and base.islower():
            table[chr(code)] = base
    return str.maketrans(table)


# Letters that Unicode does not see as a base with an accent.
_UNDECOMPOSED = {
    "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "\u0131": "i", "ĸ": "k",
    "ł": "l", "ŋ": "n", "œ": "oe", "ŧ": "t", "ƀ": "b", "ƒ": "f", "ɨ": "i", "ɫ": "l",
}  # fmt: skip


# -- Form to term -----------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1 << 16)
def term(form: str) -> str:
    """What the index stores for a form: one spelling, the singular, the stem (Snowball English), digits for a number.

    Words in other than Latin letters are stored as they are, and so are digits, but for a 0 in front ("p09", "p9")."""
    word, is_done = _in_one_spelling(form)
    if is_done:
        return word
    stem = _stem(word)
    return word if is_stop(stem) else stem  # "human beings" has nothing to do with "be"


def _in_one_spelling(form: str) -> tuple[str, bool]:
    """A form in one spelling, and whether that is all: it is a number, an acronym, or not in plain Latin letters."""
    if not (form.isascii() and form.isalpha()):
        return _PADDED.sub(r"\1", form), True
    if form in _NUMERALS:
        return _NUMERALS[form], True
    word = spelled(form)
    word = _IRREGULAR.get(word, word)
    return (word[:-1], True) if _ACRONYMS.match(word) else (word, False)


def numeral(form: str) -> str:
    """The digits for a number that is written as a word or in Roman numerals; any other form unchanged."""
    return _NUMERALS.get(form, form)


_PADDED = late_pattern(r"^([a-z]{0,2})0+(?=[1-9]\d?$)")
_NUMERALS = {
    name: str(number)
    for number, names in enumerate(
        # Roman numerals that are also a word, a letter or an abbreviation (i, v, x, xi) are left out.
        (
            "one", "two ii", "three iii", "four iv", "five", "six vi", "seven vii", "eight viii", "nine ix", "ten",
            "eleven", "twelve xii", "thirteen xiii", "fourteen xiv", "fifteen xv", "sixteen xvi", "seventeen xvii",
            "eighteen xviii", "nineteen xix", "twenty xx",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


def singular(form: str) -> str:
    """A form in one spelling, and a plural as its singular: what names are compared by.

    Stems would be too much alike for that: "participants" are not "participation"."""
    word, is_done = _in_one_spelling(form)
    if is_done:
        return word
    for ending, single in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + single
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "siu" else word


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - its name in PyStemmer


_STEMMING = threading.Lock()


def _stem(word: str) -> str:
    # A stemmer keeps its word in itself, and the window and the search thread both ask for stems.
    with _STEMMING:
        return _stemmer().stemWord(word)


@functools.cache
def _stemmer() -> _Stemmer:
    """Snowball's English stemmer: unlike Porter's, it keeps "university" apart from "universal"."""
    import Stemmer

    stemmer: _Stemmer = Stemmer.Stemmer("english")
    return stemmer


# Plurals of acronyms, which the stemmer leaves as they are: ngos, csos, mdgs.
_ACRONYMS = late_pattern(r"(?:[b-df-hj-np-tv-xz]{2,}[aeo]|[b-df-hj-np-tv-xz]{3,})s$")


@functools.lru_cache(maxsize=1 << 16)
def spelled(form: str) -> str:
    """One spelling for the British and the American one, by rules that also fit the beginning of a word.

    "organization" → "organisation", "organiz" → "organis"; "labour" → "labor", "labou" → "labo". A word that
    is none may come out ("citisen"): it is never shown, and the same word always comes out the same."""
    if _any_spelling().search(form) is None:
        return form
    for pattern, spelling in _SPELLINGS:
        form = pattern.sub(spelling, form)
    return form


_OUR = (  # beginnings of words with -our or -or
    "arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|splend"
    "|tum|val|vap|vig"
)


# Patterns in a form and what to put in their place.
_SPELLINGS = tuple(
    (late_pattern(pattern), spelling)
    for pattern, spelling in (
        (r"(?<=[a-z]{2})([iy])z(?=[aei]|$)", r"\1s"),  # organize, analyze
        (rf"^(dis|mis|un)?({_OUR})ou(?=r|$)", r"\1\2o"),
        (r"^programme?(?=s?$)", "program"),
        (r"^(cent|theat|fib|lit|(?:centi|kilo|milli)?met|meag|somb|spect)re(?=s?$)", r"\1er"),
        (r"^centred$", "centered"),
        (r"^(def|off|pret)ens(?=es?$|eless)", r"\1enc"),
        (r"^(licen|practi)s(?=[ei])", r"\1c"),
        (r"(?<=[a-z]{2}l)ogu(?=es?$)", "og"),  # dialogue, catalogue
        (r"^counsellor", "counselor"),  # of double l the stemmer knows the rest: travelling, labelled
        (r"^fuell(?=ed$|ing$)", "fuel"),
        (r"^(enrol|fulfil|instal|skil|wil)l(?=ments?$|ful)", r"\1"),
        (r"^(judg|acknowledg|abridg)em", r"\1m"),
        (r"^ageing$", "aging"),
        (r"^(an|gyn|h|orthop|p)ae(?=[cdms])", r"\1e"),  # anaemia, paediatric
        (r"^(f)oe(?=t)|^(c)ae(?=sa)", r"\1\2e"),  # foetus, caesarean
        (r"^gray", "grey"),
        (r"^sceptic", "skeptic"),
        (r"^manoeuv(?:re|er)", "maneuver"),
    )
)


@functools.cache
def _any_spelling() -> re.Pattern[str]:
    """Finds something in every form that one of the patterns changes: most forms have nothing, and are asked once."""
    return late_pattern("|".join(f"(?:{pattern.pattern})" for pattern, _ in _SPELLINGS))


# Words of one meaning whose stems differ: plurals, and pasts of verbs. Forms that are also something else
# ("left", "found", "leaves") are left out.
_IRREGULAR = {
    irregular: plain
    for plain, others in {
        "being": "beings",
        "woman": "women womens",
        "man": "men mens",
        "policewoman": "policewomen",
        "policeman": "policemen",
        "spokeswoman": "spokeswomen",
        "child": "children childrens",
        "person": "people peoples",
        "life": "lives",
        "wife": "wives",
        "half": "halves",
        "foot": "feet",
        "criterion": "criteria",
        "phenomenon": "phenomena",
        "crisis": "crises",
        "analyse": "analysis",
        "hypothesis": "hypotheses",
        "arise": "arose arisen",
        "beat": "beaten",
        "break": "broke broken",
        "bring": "brought",
        "build": "built",
        "buy": "bought",
        "choose": "chose chosen",
        "draw": "drew drawn",
        "drive": "drove driven",
        "fight": "fought",
        "flee": "fled",
        "forbid": "forbade forbidden",
        "forget": "forgot forgotten",
        "give": "gave given",
        "grow": "grew grown",
        "hide": "hid hidden",
        "hold": "held",
        "keep": "kept",
        "know": "knew known",
        "lead": "led",
        "lose": "lost",
        "meet": "met",
        "pay": "paid",
        "seek": "sought",
        "sell": "sold",
        "send": "sent",
        "show": "shown",
        "speak": "spoke spoken",
        "steal": "stole stolen",
        "take": "took taken",
        "teach": "taught",
        "tell": "told",
        "understand": "understood",
        "withdraw": "withdrew withdrawn",
        "write": "wrote written",
    }.items()
    for irregular in others.split()
}


# -- Stop words -------------------------------------------------------------------------------------------


def is_stop(form: str) -> bool:
    """Does the word say so little that a query with other words is better searched without it?"""
    return form in _STOP_WORDS


def begins_stop(beginning: str) -> bool:
    """Does such a word begin so?"""
    return beginning in _stop_beginnings()


@functools.cache
def _stop_beginnings() -> frozenset[str]:
    return frozenset(word[:end] for word in _STOP_WORDS for end in range(1, len(word) + 1))


_STOP_WORDS = frozenset(
    (  # noqa: SIM905 - a list would take two hundred lines
        "a about above after again against all also although am among an and another any are as at be "
        "because been before being below between both but by can cannot could did do does doing done "
        "don dont down during each either else ever every few for from further had has have having he "
        "her here hers herself him himself his how however i if in into is it its itself just let may "
        "me might more most much must my myself neither no nor not now of off on once only onto or "
        "other others ought our ours ourselves out over own per quite rather s same shall she should "
        "since so some such t than that the their theirs them themselves then there therefore these "
        "they this those through thus to too under until up upon us very was we were what when where "
        "whether which while who whom whose why will with within without would yes yet you your yours "
        "yourself yourselves "
    ).split()
)
