"""The measure for start-up: a bare PySide6 window, a list beside a QTextBrowser with one page of text."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QListWidget, QMainWindow, QSplitter, QTextBrowser

PAGE = (Path(__file__).resolve().parents[2] / "content" / "en" / "statement" / "statement.md").read_text("utf-8")


def main() -> int:
    """Open it."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    split = QSplitter()
    names = QListWidget()
    names.addItems([f"Chapter {number}" for number in range(1, 13)])
    page = QTextBrowser()
    page.setHtml("".join(f"<p>{line}</p>" for line in PAGE.split("\n") if line.strip()))
    split.addWidget(names)
    split.addWidget(page)
    window.setCentralWidget(split)
    window.resize(1180, 800)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
