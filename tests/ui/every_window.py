"""Every window and dialog of the program, for tests of what holds for all of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from handbook.content.handbook import Fault
from handbook.content.markup import from_markdown
from handbook.content.pictures import Picture
from handbook.marks.model import LONGEST_NOTE
from handbook.presenting.lead import Lead
from handbook.ui.exporting.export_dialog import ExportDialog
from handbook.ui.help.about import AboutDialog
from handbook.ui.help.language import TranslationBox
from handbook.ui.help.licences import LicencesDialog
from handbook.ui.help.update_dialog import UpdateDialog, news_html
from handbook.ui.library.faults_bar import FaultsDialog
from handbook.ui.library.handbooks_dialog import HandbooksDialog
from handbook.ui.main_window import MainWindow
from handbook.ui.marks.marks_window import MarksWindow
from handbook.ui.marks.note_dialog import NoteDialog
from handbook.ui.presenting.run_window import RunWindow
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.printing.terms_dialog import TermsDialog
from handbook.ui.reading.page_pictures import PagePicture
from handbook.ui.reading.picture_window import PictureWindow
from handbook.ui.reading.reading_dialog import ReadingDialog
from handbook.ui.window.start_notices import StartNotices
from handbook.ui.workshop.custom_page import CustomPageDialog
from handbook.ui.workshop.details_dialog import DetailsDialog
from handbook.ui.workshop.item_dialog import ItemDialog
from handbook.updates.offer import Kind, Offer
from handbook.workshop.model import CustomPage, Entry, NewDay, Passage, Workshop

ITEMS = (
    Passage("ex-jigsaw", note="Slowly."),
    Passage("form-evaluation"),
    Entry("Break", 15),
    CustomPage("House rules", "Be **on time**.", minutes=5),
    NewDay("Day two"),
)
WORKSHOP = Workshop("A day with a long title that has many words", start=datetime.time(9), items=ITEMS, participants=16)
NEWS = "# News\n\n" + "Words. " * 200
QUESTION = "The program keeps your settings, your searches and your notes on this computer. Clear them? " * 2


def every_window(main: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Each window beside the main one, with a name; not shown yet, and for the caller to close."""
    colours, book = main.looks.theme, main.handbook
    yield "about", AboutDialog(book, main.paths, main.store, main)
    yield "licences", LicencesDialog(main)
    yield "translation", TranslationBox(main.paths, main)
    yield (
        "update",
        UpdateDialog(Offer(Path("x.deb"), Kind.DEBIAN, "99.1", "", ""), news_html(NEWS), colours, main),
    )
    yield "handbooks", HandbooksDialog(main.paths.data, book, StartNotices.told_of, main)
    yield "faults", FaultsDialog([Fault("rooms.md", 12, "link to 'nowhere' leads nowhere")] * 3, main)
    yield "reading", ReadingDialog(main.store, main)
    yield "note", NoteDialog("Words " * 30, "A note. " * (LONGEST_NOTE // 100), main)
    yield "marks", MarksWindow(book, main.marks, main)
    yield "details", DetailsDialog(WORKSHOP, main)
    for item in ITEMS:
        yield f"item {type(item).__name__}", ItemDialog(book, WORKSHOP, item, main)
    yield "own page", CustomPageDialog(CustomPage("House rules", "Be **on time**."), colours, 13, main)
    yield "print", PrintDialog(book, main.outputs.typesetter, main.store, "statement#r3", colours, main)  # a long title
    yield "terms", TermsDialog(("pl", "uk"), main, main=frozenset({"Consent", "Demand"}))
    yield "export", ExportDialog(book, main.store, from_markdown, "statement#r2", WORKSHOP, main)
    picture = Picture("gone.png", main.paths.data / "gone.png", "png", 40, 20)
    yield "picture", PictureWindow(PagePicture(picture, "A map", "A caption " * 30, 1, 0, 0, 1), colours, 14, main)
    controller = main.workshop.controller
    controller.document.open(WORKSHOP, None)
    controller.print_window()
    assert controller.printing is not None
    yield "print workshop", controller.printing
    yield "run", RunWindow(book, WORKSHOP, main.room, colours, Lead(main.paths.data))
    main.beside.open("statement#r3")
    assert main.beside.window is not None
    yield "second window", main.beside.window
    kinds = QMessageBox.StandardButton
    yield "question", QMessageBox(QMessageBox.Icon.Question, "Clear", QUESTION, kinds.Yes | kinds.Cancel, main)
