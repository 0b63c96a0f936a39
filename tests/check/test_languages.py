"""Checks that know English words rest in other languages, and say so once."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.check import check, resting
from handbook.content.loading import load

MANIFEST = """title = "X"
language = "{language}"
[[parts]]
id = "all"
title = "X"
facts = true
readable = true
chapters = ["plan", "terms"]
"""
PLAN = """+++
kind = "session-plan"
minutes = 30
group_size = "8-12"
level = 1
+++
# Plan

W 2010 roku przyjęto 24 zalecenia.

## Cele

- to remember

## Kroki

### Pierwszy (10 minut)

Praca w grupach.
"""
TERMS = """+++
kind = "glossary"
+++
# Pojęcia

## A

### Azyl

Ochrona, którą daje państwo.
"""


def written(folder: Path, language: str) -> Path:
    (folder / "handbook.toml").write_text(MANIFEST.format(language=language), "utf-8")
    (folder / "plan.md").write_text(PLAN, "utf-8")
    (folder / "terms.md").write_text(TERMS, "utf-8")
    return folder


@pytest.mark.parametrize("language", ["pl", "pl-PL", "uk"])
def test_rules_of_english_rest_in_other_languages(tmp_path: Path, language: str) -> None:
    handbook = load(written(tmp_path, language))
    assert [str(fault) for fault in check(handbook)] == []
    said = resting(handbook)
    assert len(said) == len(set(said)) == 5
    assert all(f"'{language}'" in sentence for sentence in said)
    assert any("session plans and exercises" in sentence for sentence in said)
    assert any("reading ease" in sentence for sentence in said)


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_they_hold_in_english(tmp_path: Path, language: str) -> None:
    handbook = load(written(tmp_path, language))
    said = " ".join(str(fault) for fault in check(handbook))
    assert "has no section 'Objectives'" in said
    assert "no line 'In the statement:'" in said
    assert "no footnote" in said
    assert resting(handbook) == ()


def test_what_holds_everywhere_is_checked_in_every_language(tmp_path: Path) -> None:
    folder = written(tmp_path, "pl")
    (folder / "terms.md").write_text(TERMS + "\n[dalej](nowhere)\n", "utf-8")
    assert [fault.message for fault in check(load(folder))] == ["link to 'nowhere' leads nowhere (nowhere)"]
