"""PySide imported in the quick way: what it leaves out is there when it is wanted."""

from __future__ import annotations

import json

from handbook.base.paths import Paths
from tests.processes import run_window

SCRIPT = """
import builtins, json, sys
import_ = builtins.__import__
from handbook.ui.qt import quick_pyside
quick_pyside.load()
late = not {"inspect", "tempfile"} & set(sys.modules)
from shibokensupport.signature import get_signature
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
try:
    QWidget().resize("wide")
except TypeError as exc:
    said = str(exc)
import base64, zipfile
files = [(one.__file__, one.__spec__.origin, type(one.__loader__).__name__) for one in (base64, zipfile)]
print(json.dumps({
    "files": files,
    "import": builtins.__import__ is import_,
    "late": late,
    "said": said,
    "signature": str(get_signature(QWidget.resize)),
}))
"""


def test_messages_and_signatures_are_those_of_pyside(home: Paths) -> None:
    ended = run_window(home, SCRIPT)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    plain = run_window(home, SCRIPT.replace("quick_pyside.load()", "import PySide6.QtWidgets"))
    assert plain.returncode == 0, plain.stderr
    wanted = json.loads(plain.stdout)
    assert "resize" in wanted["said"]
    assert not wanted["import"]
    assert not wanted["late"]
    assert found == {**wanted, "import": True, "late": True}
