"""What is written into the log of a pipeline, whose runner takes some lines for commands."""

from __future__ import annotations

import os
from typing import IO

from audit.expressions import expression

_LISTENING = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")  # set by GitHub and its likes, Azure and TeamCity
# `##[` and the older kinds of it anywhere in a line, `::` at its start (actions/runner, `ActionCommand.cs`), which
# compares as people read: what nobody sees does not count.
_UNSEEN = r"\p{Default_Ignorable_Code_Point}*"
_COMMAND = expression(
    rf"(?<=#{_UNSEEN})#(?={_UNSEEN}[a-z]*{_UNSEEN}\[)|(?m:(?<=^[\s\p{{Default_Ignorable_Code_Point}}]*)):(?={_UNSEEN}:)"
)


def unheard(text: str) -> str:
    """Return lines in which a runner that listens finds no command; anywhere else they stay as they are."""
    if not any(os.environ.get(name) for name in _LISTENING):
        return text
    return str(_COMMAND.sub(lambda found: f"<U+{ord(found.group()):04X}>", text))


class Log:
    """A stream into which whole lines are written, so that no runner hears them."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write lines."""
        return self._stream.write(unheard(text))

    def flush(self) -> None:
        """Hand on what was written."""
        self._stream.flush()
