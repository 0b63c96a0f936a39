"""For every test: nothing of the person who runs it is read or written."""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from handbook.base import catalogue, spoken
from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from tests.helpers import CONTENT, DEFAULT, MOST_EXAMPLES, PROFILE, SEARCH

MOST_MEMORY = 700 * 1024 * 1024  # bytes of a test process, from which on Typst is made to forget layouts

# The same examples in every run, so that a test fails for a reason and never by chance. The profile `search` looks for
# new ones (HYPOTHESIS_PROFILE=search, before every release); what it finds becomes an @example.
settings.register_profile(DEFAULT, derandomize=True, database=None, deadline=None)
settings.register_profile(
    SEARCH, max_examples=MOST_EXAMPLES, derandomize=False, database=None, deadline=None, print_blob=True
)
settings.load_profile(PROFILE)
if PROFILE == DEFAULT:
    # Hypothesis also draws the constants of the modules that happen to be imported: then what a test draws depends on
    # the tests that ran before it in the same process, and on every change of the code. There is no setting for it.
    providers.is_local_module_file = lambda _: False  # type: ignore[attr-defined, assignment]  # not exported, cached


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of the person's own settings and cache; it is not made before something is kept."""
    folder = tmp_path_factory.mktemp("home") / "handbook"
    monkeypatch.setenv("HANDBOOK_HOME", str(folder))
    monkeypatch.setenv(spoken.VARIABLE, "en")  # whatever the language of the computer is
    return folder


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Whatever language a test speaks, the next begins in English."""
    yield
    catalogue.use(catalogue.of("en"))


@pytest.fixture(autouse=True)
def _memory_is_given_back() -> Iterator[None]:
    """Typst keeps the layouts of the last ten documents: 3 GB of a test process that prints large ones by turns."""
    yield
    compiler = sys.modules.get("handbook.printing.typeset.compiler")
    if compiler is not None and _resident() > MOST_MEMORY:
        for _ in range(4):  # some empty documents each time
            compiler.forget_the_oldest()


def _resident() -> int:
    """The bytes of memory that this process has; 0 where the system does not say so in a file."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
    except OSError:
        return 0


@pytest.fixture(scope="session", autouse=True)
def _chapters_are_parsed_once() -> Iterator[None]:
    """Hundreds of tests open, print or export the same chapters; each gets a copy of its own.

    Short texts are those that a test makes, to see what becomes of them; and a test may have parsing fail."""
    parse = markup.from_markdown
    kept: dict[str, Element] = {}

    def parsed_once(source: str) -> Element:
        if not 1_000 < len(source) < 200_000:
            return parse(source)
        if source not in kept:
            made = parse(source)
            if made.get(markup.PLAIN):
                return made
            kept[source] = made
        return copy.deepcopy(kept[source])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "from_markdown", parsed_once)
        yield


@pytest.fixture(scope="session")
def real() -> Handbook:
    """The handbook's own content."""
    return load(CONTENT)
