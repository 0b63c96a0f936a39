"""What is shipped: every requirement has its rules, every rule its reason, and a change of a package is noticed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from installers import project
from installers.shipped import packages, python, system
from installers.shipped.rules import LINUX, WINDOWS, Rule, choose, keep, leave
from installers.tools import BuildError
from installers.trees.tree import check_complete

FACTS = project.read()


def every_rule() -> list[tuple[str, Rule]]:
    found = [(package.name, rule) for package in packages.PACKAGES for rule in package.rules]
    return found + [("all", rule) for rule in packages.COMMON] + [("Python", rule) for rule in python.LIBRARY]


@pytest.mark.parametrize("requirement", FACTS.requirements)
def test_every_requirement_of_the_program_has_rules_and_a_licence(requirement: str) -> None:
    package = packages.package_of(project.requirement_name(requirement))
    assert any(rule.kept for rule in package.rules)
    assert package.licence
    assert package.source.startswith("https://")


def test_no_rules_are_left_of_a_requirement_that_is_gone() -> None:
    required = {project.requirement_name(one) for one in FACTS.requirements}
    # PySide6 requires the first, python-docx two, PyNaCl two.
    required |= {"shiboken6", "lxml", "typing-extensions", "cffi", "pycparser"}
    assert {project.requirement_name(package.name) for package in packages.PACKAGES} == required


def test_a_requirement_without_rules_stops_the_build_with_its_name() -> None:
    with pytest.raises(BuildError, match=r"left-pad is required, but .*packages\.py has no rule"):
        packages.package_of("left-pad")


def test_a_requirement_that_was_not_fetched_stops_the_build() -> None:
    with pytest.raises(BuildError, match="typst==1"):
        check_complete(["Markdown==3", "typst==1"], [("markdown", "3")])
    with pytest.raises(BuildError, match=r"typst==2: python3 packaging/build\.py locks"):
        check_complete(["Markdown==3", "typst==2"], [("markdown", "3"), ("typst", "1")])


def test_every_rule_says_why() -> None:
    for name, rule in every_rule():
        assert len(rule.why) > 3, (name, rule)
        assert rule.patterns, (name, rule)
    assert all(len(why) > 10 for why in python.MODULES.values()), python.MODULES


def test_the_first_rule_that_matches_holds() -> None:
    listed = (keep("needed", "a/x.py"), leave("tests", "a/*"))
    assert choose("a", ["a/x.py", "a/y.py"], listed, LINUX) == ["a/x.py"]


def test_a_file_that_no_rule_names_stops_the_build() -> None:
    with pytest.raises(BuildError, match=r"a: no rule says whether to ship a/new\.so"):
        choose("a", ["a/x.py", "a/new.so"], (keep("needed", "a/*.py"),), LINUX)


def test_a_rule_to_keep_that_finds_nothing_stops_the_build() -> None:
    with pytest.raises(BuildError, match=r"has no file such as a/gone\.py"):
        choose("a", ["a/x.py"], (keep("needed", "a/{x,gone}.py"),), LINUX)


def test_a_library_is_asked_for_on_its_own_platform_alone() -> None:
    listed = (keep("needed", "{a.dll,a.so.1}"), leave("elsewhere", "*"))
    assert choose("a", ["a.dll"], listed, WINDOWS) == ["a.dll"]
    assert choose("a", ["a.dll", "a.so.1"], listed, LINUX) == ["a.so.1"]


def test_a_plain_package_needs_one_line() -> None:
    files = ["pure/__init__.py", "pure/__pyinstaller/hook.py", "pure/__init__.pyi", "pure/py.typed"]
    assert choose("pure", files, (*packages.whole("pure"), *packages.COMMON), LINUX) == ["pure/__init__.py"]
    with pytest.raises(BuildError, match=r"no rule says whether to ship pure/x\.so"):
        choose("pure", [*files, "pure/x.so"], (*packages.whole("pure"), *packages.COMMON), LINUX)


def test_of_qt_no_network_and_no_browser_is_kept() -> None:
    rule_list = packages.package_of("PySide6-Essentials").rules
    kept = " ".join(pattern for rule in rule_list if rule.kept for pattern in rule.patterns)
    assert not re.search(r"Network|Web|Qml|Quick|ssl|tls", kept)


def test_pythons_network_modules_are_left_and_socket_is_replaced() -> None:
    files = [
        "socket.py",
        "ssl.py",
        "http/client.py",
        "urllib/request.py",
        "urllib/parse.py",
        "asyncio/base.py",
        "os.py",
    ]
    assert choose("library", files, python.LIBRARY, LINUX) == ["os.py", "urllib/parse.py"]
    assert "_socket" not in python.MODULES
    assert "_ssl" not in python.MODULES
    assert (FACTS.root / "packaging" / "python" / "socket.py").is_file()


def test_the_stand_in_for_socket_answers_those_who_import_it(tmp_path: Path) -> None:
    import subprocess

    script = "import email.utils, platform, socket; print(socket.__file__, email.utils.make_msgid(), platform.node())"
    folder = FACTS.root / "packaging" / "python"
    environment = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(folder))
    assert "@localhost" in done.stdout


def test_each_library_of_the_system_belongs_to_a_package() -> None:
    assert all(re.fullmatch(r"lib[\w.+-]+\.so\.\d+|ld-linux-x86-64\.so\.2", name) for name in system.LINUX_SYSTEM)
    assert set(system.DEBIAN_DEPENDS) <= set(system.LINUX_SYSTEM.values())
    assert not [name for name in system.WINDOWS_SYSTEM if name != name.lower()]
