"""`protocolbot completion`: the lines that let a shell complete verbs and options."""

import click
from click.shell_completion import get_completion_class

from handlers.verbs.saying import as_json, say

NAME, VARIABLE = "protocolbot", "_PROTOCOLBOT_COMPLETE"


@click.command(epilog='Example: eval "$(protocolbot completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@as_json
@click.pass_context
def completion(context: click.Context, shell: str, *, json_wanted: bool) -> None:
    """Write what SHELL needs to complete the verbs; put the example into its start-up file."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"Voor {shell} is er geen aanvulling.")
    source = kind(context.find_root().command, {}, NAME, VARIABLE).source()
    say(json_wanted, {"shell": shell, "source": source}, source)
