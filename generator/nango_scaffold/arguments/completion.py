"""What ``completion`` takes."""

from __future__ import annotations

from .common import Commands, add_command

_EXAMPLES = """\
  eval "$(nango-scaffold completion bash)"          # in ~/.bashrc
  source <(nango-scaffold completion zsh)           # in ~/.zshrc, behind compinit
  nango-scaffold completion fish | source           # in ~/.config/fish/config.fish
"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "completion",
        help="print what makes your shell complete this command",
        description=(
            "Prints a script for your shell. With it, Tab completes commands, options, files, and the names of\n"
            "providers and of the project's integrations."
        ),
        examples=_EXAMPLES,
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="your shell")
