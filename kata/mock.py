"""Holds a mock interview: a folder with stubs, a log, a clock, and somebody at a terminal.

What may happen when is for `interview` to say, and every event is in the log before anything comes
of it. So whatever ends this process, the log and the answers on the disk are all that is needed to
go on. It reads no clock of its own: whoever starts it brings one.
"""

from __future__ import annotations

import contextlib
import shutil
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kata import archive, interview, repository
from kata.catalog import Kata
from kata.clock import Moment, spoken
from kata.console import Closed, Console
from kata.discussion import Discussion
from kata.errors import UsageError
from kata.examiner import BrokenOff, Examiner, Marked
from kata.interview import Event, Grade, How, Impossible, Phase
from kata.logbook import Logbook
from kata.preset import PRESETS
from kata.reports import mock as report
from kata.reports import terminal
from kata.reports.terminal import Paint
from kata.verdict import KataResult, Report, Verdict

FROZEN = "time-up"
"""The folder of an interview in which the answers lie as they were when the time was up."""

BEAT_SECONDS = 15.0
"""So often the log notes that time goes by, so that an absence is known to begin no earlier."""

LATE_SECONDS = 5.0
"""A file saved so long after the time was up was not merely being saved."""

MARKS = (10, 5, 1)
"""Minutes before the end that are called out."""

COMMANDS = {
    "check": "grade this question as it is on the disk; as often as you like, but it is counted",
    "submit": "hand it in: it is graded, talked about, and closed",
    "next": "turn to the next open question; this one stays open",
    "skip": "give this question up: its last check stands",
    "pause": "stop the clock, once; Enter goes on",
    "quit": "end the interview: what is on the disk is graded",
}

AWAY = ("hint", "reveal")


class Left(Exception):
    """Whoever sat there has gone; the interview can be gone on with."""


class Session:
    """One sitting at one interview."""

    def __init__(
        self,
        folder: Path,
        katas: Mapping[str, Kata],
        log: Logbook,
        examiner: Examiner,
        clock: Callable[[], Moment],
        *,
        record: Callable[[KataResult, bytes], None],
        paint: Paint,
        width: Callable[[], int],
    ) -> None:
        """Take up the interview whose log is `log`; its start must be in there.

        `record` is told of every graded answer, with the bytes that were graded.
        """
        self._folder, self._katas, self._log = folder, katas, log
        self._examiner, self._clock = examiner, clock
        self._record, self._paint, self._width = record, paint, width
        self.state = archive.load(folder)
        self._seen = self.state.at
        """The last sign of life."""
        self._marked = self.state.sitting.seconds
        """Seconds that were left when the time was last called out."""
        self._sure = ""
        """What has been typed once and needs to be typed again."""
        self._ruled = False
        """Whether the rules have been told."""

    def hold(self, console: Console) -> None:
        """Go on until the interview is over. Raises Left when whoever sat there has gone."""
        self._console = console
        steps = {
            Phase.READY: self._ready,
            Phase.WORK: self._work,
            Phase.PAUSE: self._pause,
            Phase.ABSENT: self._absent,
            Phase.GRADE: self._handed_in,
            Phase.TALK: self._talk,
            Phase.BREAK: self._break,
        }
        if self.state.pending is How.CHECK:
            self._note("lost")
            self._tell("A check was broken off. To have it again: check")
        if self.state.phase is Phase.WORK:
            slug = self.state.item.question.slug
            self._tell(f"Back at {slug}: {self._below(self._laid_out(slug))}")
        try:
            while self.state.phase is not Phase.OVER:
                steps[self.state.phase]()
        except (Closed, KeyboardInterrupt):
            raise Left from None

    @property
    def meanwhile(self) -> str:
        """What goes on while nobody sits there."""
        match self.state.phase:
            case Phase.WORK:
                return "the clock goes on"
            case Phase.BREAK:
                return "the break goes on"
        return "the clock stands until you are back"

    def filed(self) -> None:
        """Note that the score has been kept: there is nothing left to go on with."""
        self._note("filed")

    # --- What every step is made of ---

    def _note(self, kind: str, at: Moment | None = None, **facts: Any) -> None:
        """Have something happen: it is in the log before it has any effect."""
        event = Event(kind, at or self._clock(), facts)
        state = interview.apply(self.state, event)
        self._log.append(event.to_plain())
        self.state = state

    def _tell(self, text: str = "") -> None:
        width = min(self._width(), terminal.WIDTH)
        for line in text.split("\n"):
            indent = " " * (len(line) - len(line.lstrip()))
            filled = textwrap.wrap(
                line,
                width,
                subsequent_indent=indent,
                break_on_hyphens=False,
                break_long_words=False,
            )
            self._console.tell("\n".join(filled))

    def _line(self, prompt: str) -> str | None:
        """A typed line, or None after a moment without one."""
        self._console.show(self._status(), prompt)
        return self._console.read(1.0)

    def _asked(self, prompt: str) -> str:
        """A typed line, however long it takes; the clock stands still."""
        while (line := self._line(prompt)) is None:
            pass
        return line

    def _status(self) -> str:
        state, now = self.state, self._clock()
        left = spoken(state.left(now))
        item = state.item
        slug = item.question.slug
        whole = spoken(state.sitting.seconds)
        match state.phase:
            case Phase.BREAK:
                return f" break   {left} left "
            case Phase.PAUSE:
                gone = spoken(state.pause_seconds + now.since(state.at))
                return f" paused for {gone}   {left} left of {whole} when you go on "
            case Phase.WORK:
                worked = state.worked(now)
                over = ", over its share" if worked > item.question.seconds else ""
                place = state.current - state.in_round[0] + 1
                return (
                    f" {slug} {place}/{len(state.in_round)}   {left} left of {whole}   this one "
                    f"{spoken(worked)} of {spoken(item.question.seconds)}{over} "
                )
            case Phase.READY:  # nobody has been asked the question yet
                return f" {left} left of {whole}   the clock stands "
        return f" {slug}   {left} left of {whole}   the clock stands "

    def _file(self, slug: str) -> Path:
        return self._folder / slug / f"{slug}.py"

    def _below(self, path: Path) -> str:
        return path.relative_to(self._folder.parent.parent).as_posix()

    def _laid_out(self, slug: str) -> Path:
        """The file to work in; made of the stub when it is not there yet, with the task's data."""
        kata, file = self._katas[slug], self._file(slug)
        if file.exists():
            return file
        text = archive.stub(kata)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            for each in kata.folder.iterdir():
                if each.is_file() and each.suffix not in (".py", ".md", ".toml", ".pyc"):
                    shutil.copy(each, file.parent)
            half = file.with_suffix(".half")
            half.write_bytes(text)
            half.replace(file)
        except OSError as error:
            raise UsageError(f"{error.filename} cannot be written: {error.strerror}.") from error
        return file

    def _put(self, slug: str) -> None:
        """Ask the question."""
        item, file = self.state.item, self._laid_out(slug)
        kata = self._katas[slug]
        place = self.state.current - self.state.in_round[0] + 1
        self._tell(f"\nQuestion {place} of {len(self.state.in_round)}: {kata.question}")
        self._tell(f"  Open {self._below(file)}: its docstring is the task.")
        self._tell(
            f"  Its share of the clock is {spoken(item.question.seconds)}. Then: check, or submit"
        )

    # --- The phases ---

    def _ready(self) -> None:
        sitting = self.state.sitting
        first = not any(self.state.items[place].begun for place in self.state.in_round)
        slug = self.state.item.question.slug
        prompt = "Enter starts the clock > " if first else "Enter: the next question > "
        if first and not self._ruled and not self.state.round:
            self._ruled = True
            self._rules()
        line = self._asked(prompt)
        if line in AWAY:
            self._no_help()
        elif line == "quit":
            self._quit()
        elif line:
            self._tell("Nothing to do but to press Enter, or to type quit.")
        else:
            self._sure = ""
            # Before the clock starts: a stub that cannot be had costs no time.
            self._laid_out(slug)
            self._note("go")
            self._seen = self.state.at
            self._marked = self.state.left(self.state.at)
            if first and len(self.state.plan.rounds) > 1:
                self._tell(f"\nThe {sitting.name} begins: {spoken(sitting.seconds)}.")
            self._put(slug)

    def _rules(self) -> None:
        plan, sitting = self.state.plan, self.state.sitting
        count = len(sitting.questions)
        what = PRESETS[plan.preset].says if plan.preset else ""
        minutes = sum(each.seconds for each in plan.rounds) / 60
        title = f"Mock interview: {plan.preset}" if plan.preset else "Mock interview"
        self._console.tell(self._paint("bold", title) + (f", {what}" if what else ""))
        self._tell(
            f"\n{minutes:g} minute{'s' * (minutes != 1)}"
            + (f" in {len(plan.rounds)} rounds" if len(plan.rounds) > 1 else "")
            + f"; {'this' if len(plan.rounds) == 1 else 'the first'} round has {count} "
            f"question{'s' * (count != 1)}. Each has a share of the clock: advice, no limit."
        )
        self._tell(f"Write in {self._below(self._folder)}/, in your own editor, and save.")
        self._tell("Here you type:\n")
        self._commands()
        self._tell(
            "\nWhen the time is up, what is on the disk is graded. Hints and reveals are off. "
            "The clock goes on when the laptop sleeps and when this window is closed: "
            "make mock RESUME=1 comes back. It stands still while you are asked about an answer.\n"
        )
        asked = [question for each in plan.rounds for question in each.questions]
        short = [question for question in asked if question.seconds < question.minutes * 60]
        if short:
            self._tell(
                "You have less time than the katas are set for "
                f"({', '.join(question.difficulty for question in short)}), as in an interview: "
                "begin with what works.\n"
            )

    def _commands(self) -> None:
        width = min(self._width(), terminal.WIDTH)
        for command, does in COMMANDS.items():
            lead = f"  {command:<8}"
            self._console.tell(
                textwrap.fill(does, width, initial_indent=lead, subsequent_indent=" " * len(lead))
            )

    def _work(self) -> None:
        now = self._clock()
        if self._was_away(now):
            return
        if self.state.is_due(now):
            self._time_up(now)
            return
        self._beat(now)
        self._call_out(now)
        wide = self._width() >= terminal.NARROW
        line = self._line(f"{', '.join(COMMANDS)} > " if wide else "> ")
        if line:
            self._obey(line.lower())

    def _was_away(self, now: Moment) -> bool:
        """Whether there was no sign of life for a while, of which has to be asked what it was."""
        gap, self._seen = now.since(self._seen), now
        if gap < interview.ABSENCE_SECONDS:
            return False
        self._tell(
            f"\nNo sign of life for {spoken(gap)}: the laptop slept, or this program did not run. "
            "The clock went on."
        )
        if self.state.paused:
            return False
        self._note("absent", now)
        return True

    def _absent(self) -> None:
        line = self._asked("Was that your one pause? yes or no > ").lower()
        if line in ("y", "yes"):
            self._note("excused")
            self._tell("It is your pause, then, and does not count.")
        elif line in ("n", "no"):
            self._note("counted")
            self._tell("It counts.")
        else:
            return
        self._seen = self.state.at

    def _beat(self, now: Moment) -> None:
        if now.since(self.state.at) >= BEAT_SECONDS:
            self._note("tick", now)

    def _call_out(self, now: Moment) -> None:
        left = self.state.left(now)
        for minutes in MARKS:
            if left <= minutes * 60 < self._marked:
                self._tell(f"{minutes} minute{'s' * (minutes != 1)} left.")
                self._console.ring()
                break
        self._marked = left

    def _obey(self, line: str) -> None:
        """Carry out what was typed while the clock runs."""
        sure, self._sure = self._sure, ""
        slug = self.state.item.question.slug
        try:
            match line:
                case "check":
                    self._note("ask", how=How.CHECK.value)
                    self._grade(slug, How.CHECK)
                case "submit" if sure != line and self._is_untouched(slug):
                    self._sure = line
                    self._tell(
                        f"{slug}: the file is the stub as it came; is yours saved?\n"
                        f"To hand it in all the same, type {line} again."
                    )
                case "submit":
                    self._note("ask", how=How.SUBMIT.value)
                case "next":
                    self._laid_out(interview.other(self.state))
                    self._note("next", slug=interview.other(self.state))
                    self._put(self.state.item.question.slug)
                case "skip" | "quit" if sure != line:
                    self._sure = line
                    what = "Gives this question up" if line == "skip" else "Ends the interview"
                    self._tell(f"{what}. To do that, type {line} again.")
                case "skip":
                    place = self.state.current
                    self._note("skip")
                    self._ended(place)
                case "quit":
                    self._note("quit")
                case "pause":
                    self._note("pause")
                    self._tell("The clock stands.")
                case "help" | "?":
                    self._commands()
                case _ if line in AWAY:
                    self._no_help()
                case _:
                    self._tell(f"There is no command {line!r}. There are: {', '.join(COMMANDS)}")
        except Impossible as error:
            self._tell(str(error))

    def _is_untouched(self, slug: str) -> bool:
        """Whether nothing has been written yet, which is more often a forgotten save."""
        try:
            return self._file(slug).read_bytes() == archive.stub(self._katas[slug])
        except OSError:
            return False  # grading says what is wrong with it

    def _no_help(self) -> None:
        self._tell("Hints and reveals are off until the interview is over.")

    def _quit(self) -> None:
        if self._sure == "quit":
            self._note("quit")
            return
        self._sure = "quit"
        self._tell("Ends the interview. To do that, type quit again.")

    def _pause(self) -> None:
        line = self._asked("Enter goes on > ")
        if line == "quit":
            self._quit()
        elif line in AWAY:
            self._no_help()
        else:
            self._sure = ""
            self._note("go")
            self._seen = self.state.at

    def _break(self) -> None:
        line = self._line("Enter begins the next round > ")
        ended = self.state.is_due(self._clock())
        if line == "quit":
            self._quit()
        elif line in AWAY:
            self._no_help()
        elif line is not None or ended:
            self._sure = ""
            place = self.state.in_round[-1] + 1
            self._laid_out(self.state.items[place].question.slug)
            self._note("go")
            self._seen, self._marked = self.state.at, self.state.sitting.seconds
            self._console.ring()
            sitting = self.state.sitting
            self._tell(f"\nThe {sitting.name} begins: {spoken(sitting.seconds)}.")
            self._put(self.state.item.question.slug)

    # --- Grading ---

    def _time_up(self, now: Moment) -> None:
        state = self.state
        left = state.sitting.seconds - state.used
        ended = state.ended or now.wall - max(now.since(state.at) - left, 0.0)
        late = [
            item.question.slug
            for item in (self.state.items[place] for place in self.state.open_here)
            if item.begun and _saved(self._file(item.question.slug)) > ended + LATE_SECONDS
        ]
        self._freeze()
        self._note("time_up", now, late=late)
        self._console.ring()
        self._console.forget()
        self._tell("\nThe time is up. What is on the disk is graded.")

    def _freeze(self) -> None:
        """Put the answers aside as they are now: saving takes no time, grading does."""
        for place in self.state.open_here:
            file = self._file(self.state.items[place].question.slug)
            aside = self._frozen(file)
            if not file.exists() or aside.exists():
                continue
            # Without a copy the file itself is graded.
            with contextlib.suppress(OSError):
                aside.parent.mkdir(parents=True, exist_ok=True)
                half = aside.with_suffix(".half")
                shutil.copy(file, half)
                half.replace(aside)

    def _frozen(self, file: Path) -> Path:
        return self._folder / FROZEN / file.parent.name / file.name

    def _handed_in(self) -> None:
        """Grade the current question for good."""
        state = self.state
        slug = state.item.question.slug
        how = How.SUBMIT if state.pending is How.SUBMIT else state.closing
        assert how is not None  # noqa: S101 nothing else leads to this phase
        if not state.item.begun:
            # It was never asked, so there is nothing on the disk.
            self._note("passed", slug=slug)
            return
        self._grade(slug, how)

    def _grade(self, slug: str, how: How) -> None:
        """Have an answer graded while the clock is shown, and tell what was found."""
        file = self._file(slug)
        frozen = self._frozen(file)
        if how is How.TIME and frozen.exists():
            file = frozen
        try:
            marked = self._marked_answer(slug, file)
        except KeyboardInterrupt:
            self._examiner.stop()
            if how is not How.CHECK:
                raise
            self._note("lost")
            self._tell("That check is broken off.")
            return
        except BrokenOff as error:
            if how is How.CHECK:
                self._note("lost")
                self._tell(str(error))
                return
            raise
        place = next(p for p, item in enumerate(self.state.items) if item.question.slug == slug)
        self._note("graded", slug=slug, how=how.value, grade=Grade.of(marked.result).to_plain())
        self._record(marked.result, marked.text)
        self._console.tell(self._message(marked, how))
        if how is not How.CHECK:
            self._ended(place)

    def _marked_answer(self, slug: str, file: Path) -> Marked:
        ended = self._examiner.begin(self._katas[slug], file)
        prompt = f"grading {slug} ... "
        while True:
            now = self._clock()
            self._seen = now
            if self.state.phase is Phase.WORK:
                self._beat(now)
                if self.state.is_due(now):
                    self._freeze()
            self._console.show(self._status(), prompt)
            if self._console.ready(1.0, ended):
                return self._examiner.finish()

    def _message(self, marked: Marked, how: How) -> str:
        slug = marked.result.slug
        if marked.result.verdict is Verdict.NOT_STARTED:
            return f"{slug}: not started. The file is the stub as it came; is yours saved?"
        if how is not How.CHECK:
            onward = ""
        elif self.state.item.accepted:
            onward = "Accepted. Hand it in: submit"
        else:
            onward = f"Next: mend {self._below(self._file(slug))}, save, and type check"
        return terminal.render(
            Report((unmeasured(marked.result),)),
            (self._katas[slug],),
            paint=self._paint,
            width=self._width(),
            onward=onward,
            took={slug: marked.seconds},
        ).rstrip("\n")

    def _ended(self, place: int) -> None:
        """Tell what a question has had of the clock."""
        self._tell("\n" + report.share(self.state.items[place], self.state.sitting.seconds))

    # --- Talking about an answer ---

    def _talk(self) -> None:
        item = self.state.item
        slug = item.question.slug
        try:
            text = repository.solution(self._katas[slug], "notes.md")
        except (UsageError, OSError):
            text = ""  # a kata without notes has no model answers to ask about
        talk = Discussion(self._told, self._tell, self._note)
        if talk.hold(item, text, f"{self.state.plan.seed}:{slug}"):
            self._note("talked")

    def _told(self, prompt: str) -> str | None:
        """What was answered; None when the interview has been ended instead."""
        while True:
            line = self._asked(prompt)
            if line in AWAY:
                self._no_help()
            elif line != "quit":
                self._sure = ""
                return line
            else:
                self._quit()
                if self.state.phase is not Phase.TALK:
                    return None


def _saved(file: Path) -> float:
    """When the file was last saved, in seconds since the epoch; 0 when it is not there."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def unmeasured(result: KataResult) -> KataResult:
    """The result without the measured growth: what an answer costs is still to be asked."""
    properties = tuple(
        replace(
            prop,
            costs=tuple(cost for cost in prop.costs if cost.kind == "time"),
            remarks=tuple(remark for remark in prop.remarks if "COMPLEXITY" not in remark),
        )
        for prop in result.properties
    )
    return replace(result, properties=properties)
