"""Runs the Typst compiler, without access to the person's files or to a network.

Belongs here: fonts, one run of the compiler, its access to files. Not here: the documents that are compiled, in which
process that is done (typesetter.py).

Text of the content reaches the compiler only inside string literals (expressions.py), so it can contain no markup,
code or path. If that ever fails, the compiler can read one folder only, which holds nothing but fonts, and it cannot
reach a network (offline.py): Typst would otherwise download a package that a document imports.

References: Typst 0.15 (https://typst.app/docs/reference), PDF/UA-1 (ISO 14289-1), PDF/A-2a (ISO 19005-2)."""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from handbook.base import memory
from handbook.base.catalogue import N_, tr
from handbook.base.errors import HandbookError
from handbook.base.log import logger
from handbook.printing.typeset import glyphs, settling
from handbook.printing.typeset.process import Answer, Bounds, Task
from handbook.printing.typeset.settling import Endings

if TYPE_CHECKING:
    import typst

_log = logger(__name__)
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]  # tagged for screen readers, and made to last
_ROOT = glyphs.FOLDER  # the only folder that the compiler can read
_NOWHERE = _ROOT / "packages"  # does not exist, so that no package on this computer is read either
MAIN = "main.typ"  # the file that imports the others
_IDLE_RUNS = 3  # after each such document
_RUNS_REMEMBERED = 10  # that Typst keeps a layout for which it is not used
# Letters of a document, some 30 pages, up to which all tries are remembered until the last one: eight take 250 MiB
# instead of 150, and two thirds of the time.
_FEW_PAGES = 150_000
_STEADY = "steady"  # the input with which each reference has the same room (blocks.typ)
# The whole handbook in large print takes 0.6 GB and 8 s.
BOUNDS = Bounds(memory=2048 * 1024 * 1024, seconds=600)


class TypesetError(HandbookError):
    """The pages could not be made."""


class Compiled(NamedTuple):
    """A PDF, and the values of the document's <pages> marks, in order."""

    pdf: bytes
    told: list[dict[str, Any]]


class Document(NamedTuple):
    """A document to compile.

    files:  by name: MAIN, and those that it may import.
    stamp:  the PDF's date, in seconds since 1970.
    tagged: for screen readers. For some documents that print well Typst refuses to write tags, for example when an
            accent is in another font than its letter. Then the PDF is made without, as printing is what was asked for.
    """

    files: dict[str, str]
    stamp: int
    inputs: dict[str, str]
    tagged: bool

    @property
    def size(self) -> int:
        """The number of letters in its files and inputs."""
        return sum(map(len, (*self.files.values(), *self.inputs.values())))

    def as_task(self) -> Task:
        """The same, for another process."""
        told = {"files": [*self.files], "stamp": self.stamp, "inputs": [*self.inputs], "tagged": self.tagged}
        return Task("pages", told, BOUNDS, [text.encode() for text in (*self.files.values(), *self.inputs.values())])

    @classmethod
    def of_task(cls, told: Mapping[str, Any], parts: Sequence[bytes]) -> Document:
        """The document of such a task."""
        texts = [part.decode() for part in parts]
        files, inputs = told["files"], told["inputs"]
        return cls(
            dict(zip(files, texts, strict=False)),
            told["stamp"],
            dict(zip(inputs, texts[len(files) :], strict=True)),
            told["tagged"],
        )


def timestamp(day: datetime.date | None) -> int:
    """The date written into a PDF, in seconds since 1970: that of its text; today would change its bytes."""
    day = day or datetime.date(1970, 1, 1)
    return max(0, int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp()))


def serve(told: Mapping[str, Any], parts: Sequence[bytes], endings: Endings) -> Answer:
    """Compile a document and return the answer for the other process. Runs in the process of its own."""
    try:
        made = run(Document.of_task(told, parts), endings)
    except TypesetError as exc:
        return Answer({"error": str(exc)}, b"")
    return Answer({"pages": made.told}, made.pdf)


def prepare() -> None:
    """Load what the first document needs. Runs in the process of its own, before there is one."""
    _compiler(_as_bytes({MAIN: ""}), {})


def forget_the_oldest() -> None:
    """Make Typst release memory by compiling empty documents: it forgets layouts that ten runs have not used.

    Cached layouts are useful: what did not change is not laid out again, which takes a third of the time. But when two
    packets are compiled in turn, ten runs are five changes, and the layouts fill 450 MiB. With the empty runs they are
    kept for two changes and fill 240 MiB; with no cached layouts at all it is 180 MiB."""
    _forget(_IDLE_RUNS)
    memory.give_back()


def _forget(runs: int) -> None:
    """Compile some empty documents."""
    nothing = _as_bytes({MAIN: " "})
    empty = _compiler(nothing, {})
    for _ in range(runs):
        empty.compile(nothing, format="pdf")


def run(document: Document, endings: Endings) -> Compiled:
    """Compile a document in this process, one at a time and offline(). Raises TypesetError.

    endings: of the documents that were compiled before; this one's come to them."""
    made, is_steady = _settled(document, document.inputs, endings)
    if is_steady:
        return made
    _log.info("set again, with the same room for each reference")
    made, is_steady = _settled(document, {**document.inputs, _STEADY: "yes"}, endings)
    if not is_steady:
        _log.warning("Typst: the layout did not converge")
    return made


def _settled(document: Document, inputs: dict[str, str], endings: Endings) -> tuple[Compiled, bool]:
    """Set a document as often as its parts ask for another look; whether Typst came to an end with page numbers."""
    import typst  # 14 ms that opening the window should not wait for

    files = _as_bytes(document.files)
    search = endings.begin(files, inputs)
    with _faults_told(N_("The pages could not be set: {error}.")):
        tries = 0
        while True:
            tries += 1
            if settling.FILE in files:
                files[settling.FILE] = settling.written(search.looks).encode()
            compiler = _compiler(files, inputs | search.inputs())
            # The query comes before the PDF and uses the same compiler: so the layout is made only once.
            told = json.loads(compiler.query("<pages>", field="value"))
            if settling.FILE not in files or not search.learn(told):
                break
            if document.size > _FEW_PAGES:
                _forget(_RUNS_REMEMBERED - 1)
        if tries > 1:  # what is not of the last one
            _forget(_RUNS_REMEMBERED - 1)
        endings.keep(search, files, inputs)
        try:
            pdf, is_steady = _pdf(compiler, files, document.stamp, _STANDARDS if document.tagged else [])
        except typst.TypstError as exc:
            if not document.tagged or "PDF/" not in exc.message:
                raise
            _log.warning("set without tags: %s", exc.message)
            pdf, is_steady = _pdf(compiler, files, document.stamp, [])
        return Compiled(pdf, told), is_steady


def pixels(source: str, inputs: dict[str, str], files: Mapping[str, str]) -> bytes:
    """A document of one page as PNG, one pixel for each point. files: others that it reads, by name.

    Call this only in a process of its own, as a damaged picture may crash it. Raises TypesetError."""
    given = _as_bytes({MAIN: source, **files})
    with _faults_told("{}"):
        png = _compiler(given, inputs).compile(given, format="png", ppi=72.0)
        if not isinstance(png, bytes):
            raise TypeError(f"Typst gave {type(png)} for a PNG")
        return png


def _as_bytes(files: Mapping[str, str]) -> Any:  # noqa: ANN401 - typst's stubs do not know of several files
    return {name: words.encode() for name, words in files.items()}


def _compiler(files: Any, inputs: dict[str, str]) -> typst.Compiler:  # noqa: ANN401 - see _as_bytes
    import typst

    return typst.Compiler(
        files,
        root=_ROOT,
        font_paths=_fonts(),
        sys_inputs=inputs,
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
    )


@contextlib.contextmanager
def _faults_told(sentence: str) -> Iterator[None]:
    """Turn errors of Typst into TypesetError, also its panics, which are no subclass of Exception in Python."""
    try:
        yield
    except BaseException as exc:
        if not isinstance(exc, RuntimeError) and type(exc).__module__ != "pyo3_runtime":
            raise
        raise TypesetError(tr(sentence).format(error=getattr(exc, "message", exc))) from exc


def _pdf(compiler: typst.Compiler, files: Any, stamp: int, standards: list[typst.PDFStandard]) -> tuple[bytes, bool]:  # noqa: ANN401 - see _as_bytes
    """The PDF, and whether Typst came to an end with its page numbers."""
    pdf, warnings = compiler.compile_with_warnings(files, format="pdf", timestamp=stamp, pdf_standards=standards)
    is_steady = not any("converge" in warning.message for warning in warnings)
    for warning in warnings if is_steady else ():  # what follows from that is not said too
        _log.warning("Typst: %s", warning.message)
    if not isinstance(pdf, bytes):  # Typst gives a list for formats with one file for each page
        raise TypeError(f"Typst gave {type(pdf)} for a PDF")
    return pdf, is_steady


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FOLDER])
