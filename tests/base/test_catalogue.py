"""Looking texts up in the person's language."""

import gettext
from collections.abc import Iterator

import pytest

from handbook.base import catalogue


class Loud(gettext.NullTranslations):
    """Translations that can be told from the English text."""

    def gettext(self, message: str) -> str:
        return message.upper()

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n == 1 else msgid2).upper()


@pytest.fixture
def loud() -> Iterator[None]:
    catalogue.use(Loud())
    yield
    catalogue.use(gettext.NullTranslations())


def test_without_translations_a_text_is_english() -> None:
    assert catalogue.tr("Save") == "Save"
    assert [catalogue.ngettext("{n} sheet", "{n} sheets", n).format(n=n) for n in (0, 1, 2)] == [
        "0 sheets",
        "1 sheet",
        "2 sheets",
    ]
    assert catalogue.pgettext("menu", "Open") == catalogue.N_("Open") == "Open"
    assert catalogue.npgettext("paper", "{n} side", "{n} sides", 1) == "{n} side"


def test_the_translations_in_use_are_asked(loud: None) -> None:
    assert catalogue.tr("Save") == "SAVE"
    assert catalogue.ngettext("{n} sheet", "{n} sheets", 2).format(N=2) == "2 SHEETS"
