"""The terminal of an interview: lines that are told, a status that stays below them, typed lines.

On a terminal the status is redrawn in place (rich) while a line is being typed, so what is typed is
edited here. Where there is none, or a dumb one, nothing is redrawn: the status is told only when
somebody asks for it, and lines come from the terminal or the pipe as they are.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import termios
import tty
from types import FrameType, TracebackType
from typing import Any, Self, TextIO

from rich.console import Console as Rich
from rich.console import Group
from rich.live import Live
from rich.text import Text

ERASE, KILL, WORD, END = ("\x7f", "\b"), "\x15", "\x17", "\x04"
ESCAPE = "\x1b"

LINE_LIMIT = 2_000
"""Characters of a typed line; what comes beyond is not taken."""

ROOM = 12
"""So many columns a prompt leaves to what is typed, or else it stands in a line of its own."""


class Closed(Exception):
    """Nobody can type any more: the terminal or the pipe is at its end."""


def _close(_signal: int, _frame: FrameType | None) -> None:
    raise Closed


class Console:
    """One terminal. A context manager: leaving it gives the terminal back as it was."""

    def __init__(self, keyboard: int, out: TextIO, *, live: bool, colour: bool) -> None:
        """Read from the descriptor `keyboard`, write to `out`; `live` where both are a terminal."""
        self._keyboard, self._live_wanted = keyboard, live
        self._rich = Rich(
            file=out,
            force_terminal=live,
            no_color=not colour,
            highlight=False,
            emoji=False,
            markup=False,
        )
        self._colour = colour
        self._live: Live | None = None
        self._modes: list[Any] | None = None
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._raw = ""
        """What has been typed and not been looked at."""
        self._line = ""
        self._escape = ""
        self._status = self._prompt = ""
        self._prompted = ""

    def __enter__(self) -> Self:
        if self._live_wanted:
            self._modes = termios.tcgetattr(self._keyboard)
            self._by_key()
            # Back from Ctrl-Z, with modes that a shell or an editor has left.
            self._handlers = {
                signal.SIGCONT: signal.signal(signal.SIGCONT, self._by_key),
                signal.SIGTERM: signal.signal(signal.SIGTERM, _close),
            }
            self._live = Live(console=self._rich, auto_refresh=False, transient=True)
            self._live.start()
            self._rich.show_cursor(True)
        return self

    def _by_key(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        tty.setcbreak(self._keyboard, termios.TCSANOW)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()
        if self._modes is not None:
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            termios.tcsetattr(self._keyboard, termios.TCSADRAIN, self._modes)

    def tell(self, text: str = "") -> None:
        """Print text above the status."""
        self._rich.print(Text.from_ansi(text) if self._colour else Text(text), soft_wrap=True)
        self._prompted = ""

    def ring(self) -> None:
        """Ring the bell, where there is a person to hear it."""
        if self._live is not None:
            self._rich.bell()

    def show(self, status: str, prompt: str) -> None:
        """Have this status and this prompt below all that has been told."""
        self._status, self._prompt = status, prompt
        if self._live is not None:
            if len(prompt) + ROOM > self._rich.width:
                # There is no room to type beside it, so it stands above.
                if prompt != self._prompted:
                    self.tell(prompt.rstrip("> "))
                    self._prompted = prompt
                self._prompt = "> "
            self._draw()
        elif prompt != self._prompted:
            self._rich.print(Text(f"[{status}]\n{prompt}"), soft_wrap=True)
            self._prompted = prompt

    def _draw(self) -> None:
        assert self._live is not None  # noqa: S101 whoever calls this has looked
        room = max(self._rich.width - len(self._prompt) - 1, 1)
        status = Text(self._status, style="reverse", no_wrap=True, overflow="ellipsis")
        typed = Text(self._prompt + self._line[-room:], no_wrap=True, overflow="crop")
        self._live.update(Group(status, typed), refresh=True)

    def forget(self) -> None:
        """Drop what has been typed without the end of the line: it was meant for something else."""
        self._line = ""

    def ready(self, seconds: float, descriptor: int) -> bool:
        """Whether `descriptor` can be read within so many seconds; keys are left for later."""
        return bool(select.select([descriptor], [], [], seconds)[0])

    def read(self, seconds: float) -> str | None:
        """A typed line; None after so many seconds without one. Raises Closed at the end."""
        line = self._next_line()
        if line is not None or not self.ready(seconds, self._keyboard):
            return line
        try:
            typed = os.read(self._keyboard, 1 << 12)
        except OSError:
            raise Closed from None  # the terminal has been closed
        if not typed and not self._line:
            raise Closed
        # A last line may have no end.
        self._raw += self._decode(typed) if typed else "\n"
        line = self._next_line()
        if self._live is not None and line is None:
            self._draw()
        return line

    def _next_line(self) -> str | None:
        """Take in what was typed, up to the end of a line."""
        while self._raw:
            char, self._raw = self._raw[0], self._raw[1:]
            if char in "\r\n":
                line, self._line = self._line.strip(), ""
                if self._live is not None:
                    self._live.update(Text(), refresh=True)
                    if line:
                        self.tell(f"\n> {line}")  # it stays to be read, as on any terminal
                self._prompted = ""
                return line
            if self._live is None:
                self._line += char
            else:
                self._edit(char)
        return None

    def _edit(self, char: str) -> None:
        if self._escape or char == ESCAPE:
            # The sequences of arrows and the like: they end with a letter or a tilde.
            self._escape += char
            whole = char.isalpha() or char == "~" if len(self._escape) > 2 else char not in "[O"
            if len(self._escape) > 1 and whole:
                self._escape = ""
        elif char in ERASE:
            self._line = self._line[:-1]
        elif char == KILL:
            self._line = ""
        elif char == WORD:
            self._line = self._line.rstrip().rpartition(" ")[0]
        elif char == END:
            if not self._line:
                raise Closed
        elif char.isprintable() and len(self._line) < LINE_LIMIT:
            self._line += char
