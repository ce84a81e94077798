"""Narrow, dumb and colourless terminals, and those that read aloud: the words say it all."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from terminals import Terminal, kata_command
from workbench import ROOT

from kata import catalog
from kata.catalog import Kata
from kata.journal import Attempt, Event, Kind
from kata.reports import board, terminal
from kata.schedule import Standing, standing
from kata.verdict import Failure, KataResult, PropertyResult, Report, Verdict

NOW = dt.datetime(2026, 6, 17, 20, 30, tzinfo=dt.UTC)
DAY = 86_400.0


def standings() -> list[Standing]:
    """One kata of each sort: accepted and due, failing, untouched."""
    found = []
    for number, kata in enumerate(catalog.find(ROOT)):
        verdict = Verdict.ACCEPTED if number % 2 else Verdict.TIME_LIMIT_EXCEEDED
        start = NOW.timestamp() - (number + 1) * 40 * DAY
        done = [
            Attempt(n + 1, kata.slug, start + 700 * n, f"{n}", v, 1.0, 1, 1, ())
            for n, v in enumerate([Verdict.WRONG_ANSWER] * 11 + [verdict])
        ]
        events = [Event(kata.slug, start + 5, Kind.HINT, "1")]
        found.append(standing(kata, done if number < 4 else [], events if number < 4 else []))
    return found


def all_accepted() -> str:
    """What is said of all katas together."""
    return f"2 of {len(standings())} accepted"


@pytest.mark.parametrize("width", [40, 50, 60, 79, 80, 90, 120])
def test_the_board_keeps_to_the_width_and_to_whole_words(width: int) -> None:
    text = board.render(standings(), NOW, width=width)
    assert max(map(len, text.splitlines())) <= width
    for each in standings():
        assert each.kata.slug in text
    for words in ("time limit", "exceeded", "not started", "accepted", all_accepted()):
        assert words in text


@pytest.mark.parametrize("width", range(60, 100))
def test_the_board_cuts_no_column_off_at_any_width(width: int) -> None:
    # The longest cells there are: two hours of work, a year without, due in a month.
    longest = [
        replace(each, best_seconds=7500.0, last=NOW.timestamp() - 365 * DAY, attempts=123)
        for each in standings()
    ]
    text = board.render(longest, NOW, width=width)
    for cell in ("125 min", "123", "365", *(due for each in longest if (due := due_in(each)))):
        assert cell in text
    assert max(map(len, text.splitlines())) <= width


def due_in(each: Standing) -> str:
    """What the board says of when a kata is due, without its unit."""
    if each.card is None:
        return ""
    return "now" if each.due(NOW) else f"in {max((each.card.due - NOW).days, 1)} d"


def test_a_narrow_board_says_all_that_the_wide_one_says() -> None:
    wide, narrow = (board.render(standings(), NOW, width=width) for width in (120, 40))
    for value in re.findall(r"\d+ min|in \d+ d|\bnow\b", wide):
        assert value in narrow
    assert "checks: 12" in narrow
    assert "hints: 1" in narrow


@pytest.mark.parametrize("width", [40, 61, 62, 80])
def test_the_verdicts_of_a_check_keep_to_the_width(width: int) -> None:
    katas = catalog.find(ROOT)
    results = tuple(
        KataResult(
            kata.slug,
            f"exercises/{kata.slug}/{kata.slug}.py",
            tuple(
                PropertyResult(f"test_{n}", "What holds of it. " * 9, Verdict.ACCEPTED)
                for n in range(3)
            ),
        )
        for kata in katas
    )
    text = terminal.render(Report(results), katas, verbose=True, width=width)
    assert max(map(len, text.splitlines())) <= width
    assert text.count("accepted") > len(katas) * 4


def test_a_failure_can_be_pasted_from_a_narrow_terminal_too(echo: Kata) -> None:
    call = "kmeans(np.array([[0.0, 0.0], [4.0, 2.0]]), 1)"
    failing = PropertyResult("test_x", "It is.", Verdict.WRONG_ANSWER, failure=Failure("No.", call))
    report = Report((KataResult("echo", "echo.py", (failing,)),))
    assert call in terminal.render(report, [echo], width=40)


COLOURLESS = [{"NO_COLOR": "1"}, {"TERM": "dumb"}]


@pytest.mark.parametrize("setting", COLOURLESS, ids=["NO_COLOR", "dumb"])
@pytest.mark.parametrize("command", ["status", "check", "next"])
def test_on_a_real_narrow_terminal_nothing_is_broken_or_coloured(
    repository: Path, command: str, setting: dict[str, str]
) -> None:
    shell = Terminal(*kata_command(command), cwd=repository, columns=40, env={"CI": "1", **setting})
    with shell as shown:
        text = shown.wait_for("Testing" if command == "status" else "EX=echo")
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
    if command == "status":
        assert max(map(len, text.splitlines())) <= 40


def test_hints_and_complaints_are_broken_between_words(repository: Path) -> None:
    words = "two equal distances are settled by the order of the rows, as the task says it"
    hints = f"## Hint 1\n{words}\n{words}\n\nThe end.\n"
    (repository / "exercises/echo/hints.md").write_text(hints)
    for command, end in (("hint", "The end."), ("reveal", "GIVE_UP=1")):
        with Terminal(*kata_command(command, "echo"), cwd=repository, columns=40) as shown:
            text = shown.wait_for(end)
        assert max(map(len, text.splitlines())) <= 40
        assert command == "reveal" or f"{words} {words}" in " ".join(text.split())


@pytest.mark.parametrize("setting", COLOURLESS, ids=["NO_COLOR", "dumb"])
def test_watch_is_plain_where_colour_is_not_wanted(
    repository: Path, setting: dict[str, str]
) -> None:
    with Terminal(*kata_command("watch", "echo"), cwd=repository, env=setting) as shown:
        assert "\x1b" not in shown.wait_for("q quit")
        shown.type("q")
        shown.end()


@pytest.mark.parametrize("width", [40, 80])
def test_colour_and_glyphs_only_repeat_what_the_words_say(width: int) -> None:
    plain = board.render(standings(), NOW, width=width)
    coloured = board.render(standings(), NOW, width=width, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()
    # Without the bar, what it shows is still said.
    assert all_accepted() in re.sub(r"\[[#.]+\]", "", plain)
    # Nothing but letters, digits and what is read aloud as punctuation.
    assert re.fullmatch(r"[\w\s.,:<>()#\[\]%-]*", plain)


@pytest.mark.parametrize("kata", catalog.find(ROOT), ids=lambda kata: kata.slug)
def test_what_to_do_next_fits_whatever_the_kata_is_called(kata: Kata) -> None:
    wrong = PropertyResult("test_x", "It is.", Verdict.WRONG_ANSWER, failure=Failure("No.", "f()"))
    report = Report((KataResult(kata.slug, str(kata.stub), (wrong,)),))
    text = terminal.render(report, [kata])
    assert f"make check EX={kata.slug}" in text
    assert max(map(len, text.splitlines())) <= terminal.WIDTH
