"""The command ``completion``: print the script that a shell completes with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import Commands, add_command

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """\
  eval "$(nango-scaffold completion bash)"          # in ~/.bashrc
  source <(nango-scaffold completion zsh)           # in ~/.zshrc, after compinit
  nango-scaffold completion fish | source           # in ~/.config/fish/config.fish
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands,
        "completion",
        help="print the completion script for your shell",
        description=(
            "Print a script for your shell. With it, Tab completes commands, options, files, and the names of\n"
            "providers and of the project's integrations."
        ),
        examples=_EXAMPLES,
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="your shell")


def run(options: argparse.Namespace) -> int:
    """Run ``completion``."""
    from pathlib import Path

    from .terminal_output import say_text

    shells = Path(__file__).parent.parent / "shells"
    say_text((shells / f"nango-scaffold.{options.shell}").read_text("utf-8"))
    return 0
