"""How every verb of the command line speaks: in sentences or JSON, and without a traceback when something is wrong."""

import json
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import SettingsError

as_json = click.option("--json", "json_wanted", is_flag=True, help="Write JSON, one object per line.")


def saying_what_is_wrong(verb: Callable[..., None]) -> Callable[..., None]:
    """The verb, its errors as one sentence that shows nothing private."""

    def careful(*arguments: object, **options: object) -> None:
        try:
            verb(*arguments, **options)
        except (SettingsError, LookupError) as problem:
            raise click.ClickException(str(problem)) from None
        except BrokenPipeError:
            # Whoever reads has seen enough (`| head`); click ends the program quietly.
            raise
        except (SQLAlchemyError, OSError) as problem:
            # Its message may hold the address with the password, or the statement with its values.
            kind = type(problem).__name__
            raise click.ClickException(
                f"De database van DATABASE_URL is niet te gebruiken ({kind}). Staat de server aan, en klopt het adres?"
            ) from None

    return update_wrapper(careful, verb)


def say(json_wanted: bool, outcome: dict[str, Any], sentence: str) -> None:  # noqa: FBT001 - as click hands it over
    """What a verb did: the object, or the sentence."""
    click.echo(json.dumps(outcome, ensure_ascii=False) if json_wanted else sentence)
