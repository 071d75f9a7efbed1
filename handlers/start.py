"""Starts a process: reads the environment once, builds the bot, and says in one line what is wrong if it cannot."""

import os
import sys
from pathlib import Path
from typing import NoReturn, TextIO

from flask import Flask
from google.auth.exceptions import GoogleAuthError

from bot.google_account.secrets import SecretUnavailable, fetch_secret
from bot.settings import Settings, SettingsError
from bot.wiring import Bot, assemble
from handlers.app import create_app
from handlers.logs import set_up_logs


def start_app() -> Flask:
    """The whole web app, from the environment."""
    return create_app(start_bot())


def start_bot(log_to: TextIO | None = None) -> Bot:
    """The bot from the environment; ends the process with a clear line when something is missing."""
    try:
        settings = read_settings()
        set_up_logs(settings.log_level, log_to)
        return assemble(settings)
    except (SettingsError, SecretUnavailable, GoogleAuthError) as problem:
        stop(str(problem))


def read_settings() -> Settings:
    """The settings from the environment; raises SettingsError."""
    return Settings.from_environ(os.environ, fetch_secret)


def protocol_directory() -> Path | None:
    """Where the protocol is, for what needs no other setting."""
    directory = os.environ.get("PROTOCOL_DIR", "").strip()
    return Path(directory) if directory else None


def stop(problem: str) -> NoReturn:
    """End the process with a sentence for whoever starts it."""
    sys.exit(f"Protocolbot cannot start. {problem}")
