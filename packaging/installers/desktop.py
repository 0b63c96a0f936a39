"""What a Linux desktop wants to know: menu entry, file type, software catalogue, man page.

Belongs here: these texts, made from the project's facts and from the command's own help. Not here: where they go
(kinds/deb.py)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from xml.sax.saxutils import escape

from installers.project import Project, Release

CATEGORY = "Education"


def menu_entry(project: Project) -> str:
    """The .desktop file; Version is of the specification.

    No inode/directory among its types, though it opens folders: where a desktop names no program for folders, ours
    would open every one of them."""
    types = "".join(f"{kind.mime};" for kind in project.file_types)
    return f"""[Desktop Entry]
Type=Application
Version=1.1
Name={project.title}
Comment={project.summary}
Exec={project.command} %f
Icon={project.name}
Categories={CATEGORY};
MimeType={types}
StartupWMClass={project.name}
"""


def mime_type(project: Project) -> str:
    """The file types, for the shared MIME database."""
    types = "".join(
        f"""  <mime-type type="{kind.mime}">
    <comment>{escape(kind.name)}</comment>
    <sub-class-of type="{kind.like}"/>
    <icon name="{project.name}"/>
    <glob pattern="*.{kind.extension}"/>
  </mime-type>
"""
        for kind in project.file_types
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
{types}</mime-info>
"""


def catalogue_entry(project: Project, release: Release) -> str:
    """AppStream data, for software centres."""
    types = "\n".join(f"    <mediatype>{kind.mime}</mediatype>" for kind in project.file_types)
    notes = "\n".join(f"        <p>{escape(paragraph)}</p>" for paragraph in release.notes.split("\n\n")[:1])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{project.identifier}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>{escape(project.licence)}</project_license>
  <name>{escape(project.title)}</name>
  <developer_name>{escape(project.authors)}</developer_name>
  <summary>{escape(project.summary)}</summary>
  <description>
    <p>{escape(project.description)}</p>
  </description>
  <launchable type="desktop-id">{project.name}.desktop</launchable>
  <icon type="stock">{project.name}</icon>
  <categories>
    <category>{CATEGORY}</category>
  </categories>
  <provides>
    <binary>{project.command}</binary>
{types}
  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="{release.version}" date="{project.day}">
      <description>
{notes}
      </description>
    </release>
  </releases>
</component>
"""


def man_page(project: Project, window: argparse.ArgumentParser, commands: argparse.ArgumentParser) -> str:
    """The manual page, from the parsers of the window's arguments and of the commands."""
    lines = [
        f'.TH {project.command.upper()} 1 "{project.day}" "{project.title} {project.version}" "User Commands"',
        ".SH NAME",
        rf"{project.command} \- {_roff(project.summary)}",
        ".SH SYNOPSIS",
        _roff(_usage(window)),
    ]
    described = list(_commands(commands))
    for _, parser in described:
        lines += [".br", _roff(_usage(parser))]
    lines += [".SH DESCRIPTION", _roff(project.description), ".PP", _roff(str(window.description))]
    lines += [".SH OPTIONS", *_options(window)]
    lines.append(".SH COMMANDS")
    for name, parser in described:
        lines += [f".SS {_roff(name)}", _roff(str(parser.description)), *_options(parser)]
    lines += [
        ".SH EXIT STATUS",
        "0 when done, 1 after a clear line on standard error, 2 for bad usage.",
        ".SH ENVIRONMENT",
        ".TP",
        "HANDBOOK_HOME",
        "A folder to keep settings and what can be made again in, in place of the usual ones.",
    ]
    return "\n".join(lines) + "\n"


def _usage(parser: argparse.ArgumentParser) -> str:
    return " ".join(parser.format_usage().removeprefix("usage: ").split())


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """A list of what a parser takes, but for --help."""
    for action in parser._actions:
        if isinstance(action, (argparse._HelpAction, argparse._SubParsersAction)):
            continue
        value = action.metavar or (
            "" if action.nargs == 0 else "|".join(map(str, action.choices or [action.dest.upper()]))
        )
        names = ", ".join(action.option_strings) or str(value)
        yield ".TP"
        yield _roff(f"{names} {value}" if action.option_strings and value else names)
        yield _roff((action.help or "").replace("%(prog)s", parser.prog)) or r"\&"


def _roff(text: str) -> str:
    """A line of text as troff reads it."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("’", "\\(cq")
    return f"\\&{text}" if text[:1] in (".", "'") else text
