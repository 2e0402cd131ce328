"""Settings and content, as the commands need them."""

import os
from collections.abc import Mapping
from pathlib import Path

from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.settings import Settings, load_settings


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
