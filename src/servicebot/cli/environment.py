"""Settings and content, as the commands need them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.domain.understanding import Language
from servicebot.settings import Settings, load_settings

_LOCALES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts


def settings_now() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: Every fault at once.
    """
    return load_settings(os.environ, start=Path())  # noqa: TID251  the command line is the edge


def environ_now() -> Mapping[str, str]:
    """The environment of this process, for children of it."""
    return dict(os.environ)  # noqa: TID251  the command line is the edge


def content_now(settings: Settings) -> Content:
    """The content of the settings.

    Raises:
        ContentError: Every fault at once.
    """
    return load_content(settings.content_dir)


def language_now() -> Language:
    """The language of whoever sits at the terminal: Chinese where the environment says so."""
    named = environ_now()
    said = next((named[name] for name in _LOCALES if named.get(name)), "")
    return Language.ZH if said.lower().startswith("zh") else Language.EN
