"""Interviews on the disk: a folder each with a log and answers, and which of them is going on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kata import catalog, interview, logbook, repository
from kata.catalog import Kata
from kata.clock import Moment
from kata.errors import UsageError
from kata.interview import Event, Impossible, Phase, Plan, State
from kata.logbook import LogError

FOLDER = "mock"
"""Where interviews are, below the repository's root; git ignores it."""


def stub(kata: Kata) -> bytes:
    """The kata's untouched stub. Raises UsageError where neither git nor the disk has it."""
    try:
        return repository.pristine(kata)
    except repository.GitError:
        text = kata.stub.read_bytes()
        if repository.is_stub(text):
            return text
        raise


def folders(root: Path) -> list[Path]:
    """The folders of all interviews that have begun, the oldest first.

    A log without a whole line is that of one that could not begin, when the disk was full, say.
    """
    logs = (root / FOLDER).glob(f"*/{logbook.NAME}")
    return sorted(path.parent for path in logs if logbook.has_begun(path.parent))


def asked(plan: Plan, katas: tuple[Kata, ...]) -> tuple[Kata, ...]:
    """The katas of an interview. Raises UsageError when one of them is not there any more."""
    slugs = [question.slug for each in plan.rounds for question in each.questions]
    return tuple(catalog.choose(katas, slug) for slug in slugs)


def load(folder: Path) -> State:
    """The state that the log in `folder` tells of. Raises LogError when it tells of none."""
    try:
        return interview.fold(Event.from_plain(entry) for entry in logbook.read(folder))
    except (Impossible, ValueError, KeyError, TypeError) as error:
        raise LogError(
            f"{folder / logbook.NAME} is damaged ({error}). Move {folder} away; your answers in "
            "it are untouched."
        ) from error


def unfinished(root: Path) -> Path | None:
    """The newest interview whose clock has started and whose score has not been kept yet."""
    for folder in reversed(folders(root)):
        state = load(folder)
        if state.begun and not state.filed:
            return folder
    return None


def refuse_help(root: Path, now: Moment, what: str) -> None:
    """Raise UsageError while an interview is going on: there are no hints and reveals in it."""
    for folder in reversed(folders(root)):
        try:
            state = load(folder)
        except LogError:
            continue  # damaged: nobody can go on with it either
        last = state.round + 1 == len(state.plan.rounds)
        timed_out = last and state.phase is Phase.WORK and state.is_due(now)
        if state.begun and state.phase is not Phase.OVER and not timed_out:
            raise UsageError(
                f"A mock interview is going on ({folder.relative_to(root)}), so there is no "
                f"{what}. Back to it, or to end it with quit: make mock RESUME=1"
            )


def new(root: Path, plan: Plan, at: Moment) -> tuple[Path, Event]:
    """Make the folder of a new interview; return it with the event that begins the log."""
    stamp = dt.datetime.fromtimestamp(at.wall).strftime("%Y-%m-%d-%H%M%S")
    for number in range(1, 100):
        folder = root / FOLDER / (stamp if number == 1 else f"{stamp}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue  # the clock has been set back
        except OSError as error:
            raise UsageError(f"{folder} cannot be made: {error.strerror}.") from error
        return folder, interview.begin(plan, at)[0]
    raise UsageError(f"{root / FOLDER} has too many folders of {stamp}. Move some away.")
