"""The command line: it reads arguments, the environment and the terminal, and prints.

Every command here is one call of a module that can be used without a terminal.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import importlib
import os
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, get_completion_class

from kata import __version__, catalog, examples
from kata.catalog import DIFFICULTIES, Kata
from kata.errors import SetupError, UsageError
from kata.fence import Level
from kata.preset import PRESETS
from kata.processor import cores
from kata.sandbox import ROOT, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kata.logbook import Logbook
    from kata.mock import Session
    from kata.schedule import Standing
    from kata.verdict import KataResult, PropertyResult, Report

RECORDS = ".kata"
"""The folder below the repository's root for what the tool itself writes."""

USAGE = 2
"""Exit status for a command that cannot be carried out, and for a fault of a grader."""

MOST_PROCESSES = 4
"""That share the properties of a check, on however many cores: each has a worker beside it."""

MOST_MINUTES = 24 * 60
"""The longest mock interview that can be asked for."""

FORMATS = ["text", "json", "junit", "github", "gradescope", "exercism", "classroom50"]
"""How a report can be told; text first, the others in docs/ci.md and the pages beside it."""

LEVELS = [str(level) for level in sorted(Level, reverse=True)]


class _Group(click.Group):
    """A group whose UsageErrors become one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _complain(str(error))
        except click.UsageError as error:
            _complain(_explained(error))
        except OSError as error:
            # A disk that is full where the output goes; one that names a file is somebody's fault.
            if error.errno != errno.ENOSPC or error.filename is not None:
                raise
            _complain("What there is to say cannot be written: no space is left on the device.")
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python tries again
        raise click.exceptions.Exit(USAGE)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with a whole sentence each, however many lines that takes."""
        rows = [
            (name, self.commands[name].get_short_help_str(200)) for name in sorted(self.commands)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _complain(text: str) -> None:
    """Say what was wrong with a command: one line, or as many as a terminal needs for it."""
    text = f"kata: {text}"
    click.echo(_filled(text) if sys.stderr.isatty() else text, err=True)


def _explained(error: click.UsageError) -> str:
    """What click found wrong, as sentences on one line."""
    # Without what this program was started as, which may be "python -m kata".
    command = "kata" + (error.ctx.command_path.rpartition("kata")[2] if error.ctx else "")
    known = examples.EXAMPLES.get(command.rpartition(" ")[2], ())
    if isinstance(error, click.MissingParameter) and error.param and error.param.name == "slug":
        line = known[0][0]
        return f"Which kata? For example: {'.venv/bin/' if line.startswith('kata') else ''}{line}"
    text = " ".join(error.format_message().split())
    return f"{text if text.endswith(('.', '?')) else f'{text}.'} See .venv/bin/{command} --help."


class _Name(click.ParamType[str]):
    """The name of a kata, or the path of its file or folder, as a shell completes that."""

    name = "kata"

    def convert(
        self, value: str, _parameter: click.Parameter | None, _ctx: click.Context | None
    ) -> str:
        """The name alone; whether there is such a kata is asked later."""
        path = Path(value)
        return path.stem if path.suffix == ".py" else path.name or value


def _names(ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The katas whose names begin so, for a shell that completes them; none where none are."""
    try:
        katas = catalog.find(catalog.find_root(Path.cwd()))
    except UsageError:
        return []  # a shell is no place to be told of it
    typed = ctx.params.get("slugs") or ()
    return [
        CompletionItem(kata.slug, help=kata.question)
        for kata in katas
        if kata.slug.startswith(begun) and kata.slug not in typed
    ]


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kata")
def main() -> None:
    """Practise the coding round of a machine-learning interview.

    Open a file in exercises/, write your answer, and run `kata check` on it.
    """


@main.command()
@click.argument("slugs", nargs=-1, type=_Name(), metavar="[KATA]...", shell_complete=_names)
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="Grade FILE instead of the file in exercises/; for one KATA.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text")
@click.option(
    "--write",
    "also",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write the same report to FILE as well; may be given several times.",
)
@click.option(
    "--visibility",
    type=click.Choice(["visible", "after_due_date", "after_published", "hidden"]),
    default="visible",
    help="When students may see the properties; for --format gradescope.",
)
@click.option("--seed", type=int, help="Search for examples from this seed.  [default: 0]")
@click.option(
    "--examples", type=click.IntRange(min=1), help="Examples a property, instead of its own."
)
@click.option("-v", "--verbose", is_flag=True, help="Show every property, and failures in full.")
@click.option(
    "--sandbox",
    "sandbox_",
    type=click.Choice(["auto", *LEVELS]),
    default="auto",
    help="How far to fence your code in; auto is the most that this machine has (kata doctor).",
)
@click.option(
    "--require-sandbox",
    type=click.Choice(LEVELS),
    default=str(Level.NONE),
    envvar="KATA_REQUIRE_SANDBOX",
    help="Refuse to run anything below this level. Also: $KATA_REQUIRE_SANDBOX.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help=f"How many share the properties, instead of one a core and {MOST_PROCESSES} at most.",
)
@click.pass_context
def check(
    ctx: click.Context,
    slugs: tuple[str, ...],
    file: Path | None,
    format_: str,
    also: tuple[str, ...],
    visibility: str,
    seed: int | None,
    examples: int | None,
    verbose: bool,
    sandbox_: str,
    require_sandbox: str,
    processes: int | None,
) -> None:
    """Grade what you have written: the katas named, or all of them.

    The exit status is 0 when everything that was started is accepted, 1 when something is not,
    and 2 when the command or a grader is at fault.
    """
    root = catalog.find_root(Path.cwd())
    katas = catalog.find(root)
    chosen = tuple(dict.fromkeys(catalog.choose(katas, slug) for slug in slugs)) or katas
    if file is not None and len(slugs) != 1:
        raise UsageError("--file needs the name of one kata: kata check KATA --file FILE.")
    if file is not None and not file.exists():
        raise UsageError(f"There is no file {file}.")
    files = _files(also)
    for asked in (format_, *files.values()):
        _must_be_possible(asked, chosen)
    attempts: list[tuple[KataResult, bytes]] = []
    took: dict[str, float] = {}
    # What failed last comes first, save where the verdict must depend on the code and nothing else.
    own = format_ == "text" and file is None and seed is None and examples is None
    memory = root / RECORDS if own and not os.environ.get("CI") else None
    # The fork server loads NumPy while this process imports pytest, Hypothesis and NumPy.
    with _sandbox(sandbox_, require_sandbox, root) as sandbox:
        from kata.check import grade
        from kata.proxy import Search

        report = grade(
            root,
            chosen,
            sandbox,
            Search(seed or 0, examples, memory=memory),
            file and file.absolute(),
            # Another file than the learner's own is no attempt of theirs.
            keep=None if file else lambda result, text: attempts.append((result, text)),
            took=took.__setitem__,
            processes=processes or _processes(),
        )
    told = _Told(report, chosen, root, took, visibility=visibility, verbose=verbose)
    click.echo(told.text() if format_ == "text" else told.document(format_), nl=False)
    if format_ == "github":
        _summarise(report)
    _record(root, attempts)
    _hide(root)
    for path, asked in files.items():
        try:
            path.write_text(told.document(asked), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    ctx.exit(report.exit_status)


def _processes() -> int:
    """How many share the properties of a check, unless the command says otherwise."""
    return min(cores(), MOST_PROCESSES)


def _files(also: tuple[str, ...]) -> dict[Path, str]:
    """What --write asks for: the format of each file."""
    files = {}
    for text in also:
        format_, equals, path = text.partition("=")
        if format_ not in FORMATS or not equals or not path:
            raise UsageError(
                f"--write {text}: say FORMAT=FILE, with a format of {', '.join(FORMATS)}."
            )
        if not Path(path).parent.is_dir():
            raise UsageError(f"--write {text}: there is no folder {Path(path).parent}.")
        files[Path(path)] = format_
    return files


def _must_be_possible(format_: str, chosen: tuple[Kata, ...]) -> None:
    """Raise UsageError for a format that cannot tell this report, before anything is graded."""
    if format_ == "exercism" and len(chosen) != 1:
        raise UsageError("The format exercism is about one kata: kata check KATA --format exercism")
    if format_ == "classroom50":
        from kata.reports import classroom50

        classroom50.Submission.of(os.environ)


@dataclass(frozen=True, slots=True)
class _Told:
    """A report, told in any format."""

    report: Report
    chosen: tuple[Kata, ...]
    root: Path
    took: dict[str, float]
    visibility: str
    verbose: bool

    def text(self, *, coloured: bool | None = None) -> str:
        """The report for a person, coloured where the terminal takes that."""
        from kata.reports import terminal

        paint = _paint if (_colour() if coloured is None else coloured) else terminal.plain
        return terminal.render(
            self.report,
            self.chosen,
            verbose=self.verbose,
            paint=paint,
            width=_width(),
            took=self.took,
        )

    def document(self, format_: str) -> str:
        """The report in this format."""
        from kata.reports import (
            classroom50,
            exercism,
            github,
            gradescope,
            json,
            junit,
        )

        match format_:
            case "json":
                return json.render(self.report)
            case "junit":
                return junit.render(self.report)
            case "gradescope":
                return gradescope.render(self.report, self.visibility)
            case "exercism":
                return exercism.render(self.report.katas[0])
            case "classroom50":
                submission = classroom50.Submission.of(os.environ)
                return classroom50.render(self.report, submission, _now())
            case "github":
                text = github.fenced(self.text(coloured=False), secrets.token_hex(16))
                return text + github.annotated(self.report, self.root)
        return self.text(coloured=False)


def _summarise(report: Report) -> None:
    """Add the summary to the page of a job of GitHub Actions, where this runs in one."""
    from kata.reports import github

    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if not page:
        return
    try:
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(github.summary(report))
    except OSError as error:
        _complain(f"the summary was not written: {error}")


@main.command()
@click.argument("slug", type=_Name(), metavar="KATA", shell_complete=_names)
@click.option(
    "--require-sandbox",
    type=click.Choice(LEVELS),
    default="none",
    hidden=True,
    envvar="KATA_REQUIRE_SANDBOX",
)
def watch(slug: str, require_sandbox: str) -> None:
    """Grade a kata now, and again whenever you save it.

    Edited graders, strategies and kata.toml count from the next check on. One key each: h for a
    hint, r to replay the last counterexample, q to quit.
    """
    kata = _kata(slug)
    root = kata.root
    keyboard = sys.stdin.fileno() if sys.stdin.isatty() else None
    with _sandbox("auto", require_sandbox, root) as first:
        # All that a check imports, graders apart: a fork has it at once.
        for name in ("numpy", *kata.requires):
            importlib.import_module(name)
        from kata import watch as watching
        from kata.check import grade, warm_up
        from kata.proxy import Search
        from kata.reports import terminal

        warm_up()
        spare = [first]

        def start() -> Sandbox:
            return spare.pop() if spare else _sandbox("auto", require_sandbox, root)

        def check(sandbox: Sandbox) -> int:
            click.echo(f"\n{dt.datetime.now():%H:%M:%S}  checking {slug} ...\n")
            attempts: list[tuple[KataResult, bytes]] = []
            took: dict[str, float] = {}
            failing: list[PropertyResult] = []
            # While pytest has standard output for itself.
            screen = os.fdopen(os.dup(sys.stdout.fileno()), "w")

            def told(prop: PropertyResult) -> None:
                if prop.verdict.fails and not failing:
                    text = f"So far: {prop.verdict.words}. {prop.sentence}"
                    print(textwrap.fill(text, min(_width(), 80)), file=screen, flush=True)
                    print(file=screen, flush=True)
                    failing.append(prop)

            try:
                chosen = (_kata(slug),)
                report = grade(
                    root,
                    chosen,
                    sandbox,
                    Search(memory=root / RECORDS),
                    keep=lambda result, text: attempts.append((result, text)),
                    told=told,
                    took=took.__setitem__,
                    processes=_processes(),
                )
            except UsageError as error:
                click.echo(f"kata: {error}", err=True)
                return USAGE
            paint = _paint if _colour() else terminal.plain
            click.echo(terminal.render(report, chosen, paint=paint, width=_width(), took=took))
            _record(root, attempts)
            return report.exit_status

        def act(*command: str) -> Callable[[], None]:
            def run() -> None:
                click.echo()
                with _interrupts_for_the_child(), watching.lines_again(keyboard):
                    subprocess.run([sys.executable, "-m", "kata", *command], check=False)
                click.echo()

            return run

        keys = [
            watching.Key("h", "hint", act("hint", slug)),
            watching.Key("r", "replay", act("replay", slug)),
        ]
        _hide(root)
        try:
            watching.watch(kata, check, start, keys, keyboard, click.echo)
        except KeyboardInterrupt:
            click.echo()
    click.echo(f"{slug} is no longer watched.")


def _record(root: Path, attempts: list[tuple[KataResult, bytes]]) -> None:
    """Write down what was graded; when that fails, the verdict has been shown all the same."""
    from kata.journal import Journal, JournalError
    from kata.verdict import Verdict

    # Where a file is empty, or could not be read, there is no version to keep.
    started = [
        (result, text)
        for result, text in attempts
        if text and result.verdict is not Verdict.NOT_STARTED
    ]
    if not started:
        return
    try:
        with Journal(root / RECORDS) as journal:
            for result, text in started:
                journal.record(result, text, time.time())
    except JournalError as error:
        _complain(f"this check was not recorded: {error}")


def _hide(root: Path) -> None:
    """Put solutions/ away in a learner's clone; a check whose clone resists is still a check."""
    from kata import repository

    if os.environ.get("CI") or not (root / repository.SOLUTIONS).is_dir():
        return
    try:
        line = repository.hide_solutions(root)
    except UsageError as error:
        line = f"solutions/ could not be put away: {error}"
    if line:
        click.echo(line, err=True)


def _kata(slug: str) -> Kata:
    """The kata of this name in the repository around the current folder."""
    return catalog.choose(catalog.find(catalog.find_root(Path.cwd())), slug)


@main.command()
@click.argument("slug", type=_Name(), metavar="KATA", shell_complete=_names)
def hint(slug: str) -> None:
    """Show one more hint, and remember how many you have had."""
    from kata import hints
    from kata.journal import Journal, Kind

    kata = _kata(slug)
    _no_help_in_an_interview(kata.root, "hint")
    page = kata.folder / "hints.md"
    try:
        texts = hints.parse(page.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{page} cannot be read: {error.strerror}.") from error
    with Journal(kata.root / RECORDS) as journal:
        seen = sum(event.kind is Kind.HINT for event in journal.events(slug))
        if seen < len(texts):
            journal.note(slug, Kind.HINT, time.time(), str(seen + 1))
    for number, text in enumerate(texts[: seen + 1], 1):
        paragraphs = [_filled(" ".join(part.split())) for part in text.split("\n\n")]
        click.echo("\n\n".join([f"Hint {number} of {len(texts)}", *paragraphs]) + "\n")
    if seen >= len(texts):
        click.echo(f"These are all. What is left: make reveal EX={slug} GIVE_UP=1")


@main.command()
@click.argument("slug", type=_Name(), metavar="KATA", shell_complete=_names)
@click.option("--give-up", is_flag=True, help="Show it although the kata is not accepted yet.")
def reveal(slug: str, *, give_up: bool) -> None:
    """Show the reference solution and its notes, once your own answer is accepted."""
    from kata import repository
    from kata.journal import Journal, Kind
    from kata.verdict import Verdict

    kata = _kata(slug)
    _no_help_in_an_interview(kata.root, "reveal")
    with Journal(kata.root / RECORDS) as journal:
        accepted = any(a.verdict is Verdict.ACCEPTED for a in journal.attempts(slug))
        if not accepted and not give_up:
            raise UsageError(
                f"No answer of yours to {slug} is accepted yet. A hint: make hint EX={slug}. "
                f"To see the solution all the same: make reveal EX={slug} GIVE_UP=1"
            )
        texts = [repository.solution(kata, name) for name in ("reference.py", "notes.md")]
        journal.note(slug, Kind.REVEAL if accepted else Kind.GIVE_UP, time.time())
    click.echo_via_pager("\n\n".join(texts))


@main.command()
@click.argument("slug", type=_Name(), metavar="KATA", shell_complete=_names)
def reset(slug: str) -> None:
    """Bring the untouched stub back; what you had is kept, and can be restored."""
    from kata import repository, versions
    from kata.journal import Journal

    kata = _kata(slug)
    stub = repository.pristine(kata)
    missing = not kata.stub.exists()
    with Journal(kata.root / RECORDS) as journal:
        digest = versions.reset(kata, stub, journal, time.time())
    name = kata.stub.relative_to(kata.root)
    if digest:
        back = f".venv/bin/kata restore {slug} {digest[:8]}"
        click.echo(f"{name} is the stub again. What was there: {back}")
    else:
        click.echo(f"{name} is {'there again, as the stub' if missing else 'the stub already'}.")


@main.command()
@click.argument("slug", type=_Name(), metavar="KATA", shell_complete=_names)
def attempts(slug: str) -> None:
    """List every version of your answer that was graded or put aside."""
    from kata import versions
    from kata.journal import Journal

    kata = _kata(slug)
    with Journal(kata.root / RECORDS) as journal:
        graded, aside = journal.attempts(slug), versions.ungraded(kata, journal)
    if not graded and not aside:
        click.echo(f"No version of {slug} has been graded yet: make check EX={slug}")
        return
    now = versions.present(kata)
    checks = Counter(each.digest for each in graded)
    # The last check of each version.
    last = {each.digest: each for each in graded}
    lines = [
        (
            each.at,
            f"{each.number:>5}  {_when(each.at)}  {each.verdict.words}, {each.holding} of "
            f"{each.total} hold"
            + (f"; {checks[digest]} checks" if checks[digest] > 1 else "")
            + ("; as it is now" if digest == now else ""),
        )
        for digest, each in last.items()
    ]
    lines += [(at, f"    -  {_when(at)}  put aside, never graded ({d[:8]})") for at, d in aside]
    for _, line in sorted(lines):
        click.echo(line)
    click.echo(f"Bring one back: .venv/bin/kata restore {slug} NUMBER")


@main.command()
@click.argument("slug", type=_Name(), metavar="KATA", shell_complete=_names)
@click.argument("which", metavar="NUMBER")
def restore(slug: str, which: str) -> None:
    """Bring back an earlier version of your answer.

    By its number in `kata attempts`, or by the eight digits that `reset` and `restore` tell.
    """
    from kata import versions
    from kata.journal import Journal

    kata = _kata(slug)
    with Journal(kata.root / RECORDS) as journal:
        kept = versions.restore(kata, which, journal, time.time())
    name = kata.stub.relative_to(kata.root)
    back = f" What was there: .venv/bin/kata restore {slug} {kept[:8]}" if kept else ""
    click.echo(f"{name} is as it was at {which}.{back}")


@main.command()
@click.argument("slug", type=_Name(), metavar="KATA", shell_complete=_names)
@click.option("--pdb", is_flag=True, help="Stop at the first line of your function.")
@click.pass_context
def replay(ctx: click.Context, slug: str, *, pdb: bool) -> None:
    """Run the last counterexample again, as a small program beside your file."""
    from kata import replay as replaying

    kata = _kata(slug)
    program = replaying.place(kata, kata.root / RECORDS / slug)
    click.echo(_filled(replaying.title(program)), err=True)
    click.echo(f"{program.relative_to(kata.root)}:", err=True)
    command = [sys.executable, *(replaying.debugger(kata, program) if pdb else [str(program)])]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (replaying.SECONDS, replaying.SECONDS + 1))

    with _interrupts_for_the_child():
        # This process has one thread, so there is no lock that the child could find taken.
        done = subprocess.run(
            command, cwd=kata.root, check=False, preexec_fn=None if pdb else limit
        )
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) and not pdb:
        click.echo(
            f"Stopped after {replaying.SECONDS} s of processor time: does a loop in it end? "
            f"In the debugger: make replay EX={slug} ARGS=--pdb",
            err=True,
        )
    ctx.exit(done.returncode if done.returncode >= 0 else 128 - done.returncode)


@main.command()
def status() -> None:
    """Show the board: every kata, your verdicts, times, hints, and what is due."""
    from kata.reports import board

    width = min(_width(), 120)
    click.echo(board.render(_standings(), _now(), width=width, colour=_colour()), nl=False)


@main.command("next")
def next_() -> None:
    """Say which kata to practise now, and why."""
    from kata import schedule

    advice = schedule.advise(_standings(), _now())
    kata = advice.kata
    click.echo(f"{kata.slug}: {kata.question}")
    click.echo(advice.reason)
    click.echo(f"Open {kata.stub.relative_to(kata.root)}, then: make check EX={kata.slug}")


def _minutes(
    _ctx: click.Context, _parameter: click.Parameter, minutes: float | None
) -> float | None:
    """How long an interview takes; not a number and infinity are numbers to Python, and no time."""
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        raise UsageError(
            f"An interview takes more than 0 and at most {MOST_MINUTES} minutes, not {minutes:g}."
        )
    return minutes


@main.command()
@click.argument("slugs", nargs=-1, type=_Name(), metavar="[KATA]...", shell_complete=_names)
@click.option("--preset", type=click.Choice(list(PRESETS)), help="Hold this kind of interview.")
@click.option("--minutes", type=float, callback=_minutes, help="How long.  [default: 45]")
@click.option("--level", type=click.Choice(DIFFICULTIES, case_sensitive=False), help="How hard.")
@click.option("--focus", metavar="WORDS", help="Katas whose focus area has these words.")
@click.option("--seed", type=int, help="Draw katas and questions from this seed.")
@click.option("--resume", is_flag=True, help="Go on with the interview that was broken off.")
@click.option("--show", is_flag=True, help="Show the last score again, and hold no interview.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--require-sandbox",
    type=click.Choice(LEVELS),
    default="none",
    hidden=True,
    envvar="KATA_REQUIRE_SANDBOX",
)
def mock(
    slugs: tuple[str, ...],
    preset: str | None,
    minutes: float | None,
    level: str | None,
    focus: str | None,
    seed: int | None,
    format_: str,
    require_sandbox: str,
    *,
    resume: bool,
    show: bool,
) -> None:
    """Hold a mock interview against the clock, and score it (docs/mock.md).

    It asks the katas named, or picks some: what is due or new to you first. With --format json,
    the score is the only thing on standard output.
    """
    from kata import archive, clock, lineup, rubric
    from kata.journal import Journal, Mock
    from kata.logbook import Logbook
    from kata.reports import mock as report

    root = catalog.find_root(Path.cwd())
    katas = catalog.find(root)
    if (resume or show) and (slugs or preset or minutes or level or focus or seed is not None):
        raise UsageError("What was begun is settled: leave out all but --resume or --show.")
    if show:
        with Journal(root / RECORDS) as journal:
            held = journal.mocks()
        if not held:
            raise UsageError("No mock interview has been scored yet: make mock")
        click.echo(_scored(held[-1].document, format_), nl=False)
        return
    folder = archive.unfinished(root)
    if resume and folder is None:
        raise UsageError("There is no mock interview to go on with. To begin one: make mock")
    if folder is not None and not resume:
        raise UsageError(
            f"A mock interview is unfinished: {folder.relative_to(root)}. "
            "Go on, or end it with quit: make mock RESUME=1"
        )
    with contextlib.ExitStack() as stack:
        if folder is None:
            chosen = tuple(catalog.choose(katas, slug).slug for slug in slugs)
            wish = lineup.Wish(preset, minutes, level, focus, chosen)
            with Journal(root / RECORDS) as journal:
                past = [
                    lineup.Past(kata["slug"], each.at)
                    for each in journal.mocks()
                    for sitting in each.document["rounds"]
                    for kata in sitting["katas"]
                ]
            drawn = secrets.randbelow(10_000) if seed is None else seed
            plan = lineup.pick(wish, _standings(), past, _now(), drawn)
            for kata in archive.asked(plan, katas):
                archive.stub(kata)  # before there is anything to clear away
            folder, begun = archive.new(root, plan, clock.now())
            log = stack.enter_context(Logbook(folder))
            log.append(begun.to_plain())
        else:
            log = stack.enter_context(Logbook(folder))
        name = folder.relative_to(root).as_posix()
        session = _sat(root, folder, katas, log, require_sandbox, quiet=format_ == "json")
        if not session.state.begun:
            shutil.rmtree(folder)
            click.echo("You have ended it before the clock started: nothing is kept.", err=True)
            raise click.exceptions.Exit(1)
        score = rubric.score(session.state)
        document = report.document(session.state, score, name)
        with Journal(root / RECORDS) as journal:
            at, preset = session.state.started.wall, session.state.plan.preset
            journal.file(Mock(at, name, preset, score.points, score.band, document))
        session.filed()
    if format_ == "text":
        click.echo()
    click.echo(_scored(document, format_), nl=False)
    _hide(root)


def _sat(
    root: Path, folder: Path, katas: tuple[Kata, ...], log: Logbook, required: str, *, quiet: bool
) -> Session:
    """Hold the interview in `folder` to its end; leave the program when the candidate leaves."""
    from kata import archive, clock
    from kata import mock as mocking
    from kata.console import Console
    from kata.examiner import Examiner
    from kata.reports import terminal

    out = sys.stderr if quiet else sys.stdout
    dumb = os.environ.get("TERM") == "dumb"
    live = sys.stdin.isatty() and out.isatty() and not dumb
    colour = live and not os.environ.get("NO_COLOR")
    state = archive.load(folder)
    asked = archive.asked(state.plan, katas)

    def start() -> Sandbox:
        return _sandbox("auto", required, root, folder)

    with Examiner(root, asked, start, (log.fileno(),), _processes()) as examiner:
        session = mocking.Session(
            folder,
            {kata.slug: kata for kata in asked},
            log,
            examiner,
            clock.now,
            record=lambda result, text: _record(root, [(result, text)]),
            paint=_paint if colour else terminal.plain,
            width=_width,
        )
        try:
            with Console(sys.stdin.fileno(), out, live=live, colour=colour) as console:
                session.hold(console)
        except mocking.Left:
            if session.state.begun:
                text = f"You have left, and {session.meanwhile}. Back to it: make mock RESUME=1"
            else:
                shutil.rmtree(folder)
                text = "You have left before the clock started: nothing is kept."
            click.echo(f"\n{text}", err=True)
            raise click.exceptions.Exit(1) from None
    return session


def _scored(document: dict[str, Any], format_: str) -> str:
    """The score of an interview, in this format."""
    from kata.reports import mock as report
    from kata.reports import terminal

    if format_ == "json":
        return report.render_json(document)
    return report.render(document, paint=_paint if _colour() else terminal.plain, width=_width())


def _no_help_in_an_interview(root: Path, what: str) -> None:
    """Raise UsageError for a hint or a reveal while a mock interview is going on."""
    from kata import archive, clock

    archive.refuse_help(root, clock.now(), what)


def _standings() -> list[Standing]:
    """Where the learner stands with each kata."""
    from kata.journal import Journal
    from kata.schedule import standing

    root = catalog.find_root(Path.cwd())
    with Journal(root / RECORDS) as journal:
        return [
            standing(kata, journal.attempts(kata.slug), journal.events(kata.slug))
            for kata in catalog.find(root)
        ]


@main.command()
@click.option("--output", type=click.Path(path_type=Path), help="Write FILE instead.")
@click.option("--open", "open_", is_flag=True, help="Open it in your browser as well.")
def report(output: Path | None, *, open_: bool) -> None:
    """Write your practice as a page to look at: .kata/report.html, which needs no network."""
    from kata.journal import Journal

    root = catalog.find_root(Path.cwd())
    page = output or root / RECORDS / "report.html"
    # The list of fonts that matplotlib keeps is no business of the learner's home.
    os.environ.setdefault("MPLCONFIGDIR", str(root / RECORDS / "matplotlib"))
    try:
        from kata.reports import page as reports
    except ModuleNotFoundError as error:
        raise SetupError(f"{error.name} is not installed, which draws: make report") from error
    with Journal(root / RECORDS) as journal:
        attempts, events, mocks = journal.attempts(), journal.events(), journal.mocks()
    now = _now()
    text = reports.render(
        reports.Practice(tuple(_standings()), attempts, events, now, _local, mocks)
    )
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{page} cannot be written: {error.strerror}.") from error
    click.echo(f"Your report: {page}")
    if open_:
        click.launch(str(page))


@main.command()
def update() -> None:
    """Bring in upstream's new katas and corrections; what you have changed stays as it is.

    Upstream is the git remote of that name, or else origin. Your file always wins: in commits, in
    the index, and in the working tree. What upstream has changed there too is told.
    """
    # All of it now: the files of this very program may be others in a moment.
    from kata import update as updating

    root = catalog.find_root(Path.cwd())
    done = updating.update(root)
    commit = done.commit[:10]
    if not done.changed and not done.kept:
        click.echo(f"Nothing new: you have all that {done.remote} has ({commit}).")
        return
    count = len(done.changed)
    click.echo(f"{done.remote} is at {commit}: {count} file{'s' * (count != 1)} brought in.")
    if done.katas:
        click.echo(f"New katas: {', '.join(done.katas)}. See them all: make status")
    for path in done.kept:
        click.echo(f"Yours is kept: {path}")
        if path in done.removed:
            click.echo("  Upstream has removed it.")
            continue
        folder, _, file = path.rpartition("/")
        slug = folder.removeprefix("exercises/")
        if path == f"exercises/{slug}/{file}" and file == f"{slug}.py":
            click.echo(
                f"  Its task has changed. The new stub, and yours put aside: make reset EX={slug}"
            )
        else:
            click.echo(f"  Upstream's has changed too. To take it: git checkout {commit} -- {path}")


@main.command()
def author() -> None:
    """Say that this clone is a contributor's: solutions/ comes back, and stays."""
    from kata import repository

    click.echo(repository.claim(catalog.find_root(Path.cwd())))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _local(at: float) -> dt.datetime:
    """The learner's clock at this moment, by the summer time of that day and not of today."""
    return dt.datetime.fromtimestamp(at).astimezone()


def _when(at: float) -> str:
    return _local(at).strftime("%Y-%m-%d %H:%M")


@main.command()
@click.argument("slug", metavar="NAME")
@click.option("--difficulty", type=click.Choice(DIFFICULTIES), default="Medium", show_default=True)
@click.option(
    "--question",
    default="Write a function that answers the question.",
    help="What an interviewer asks, in one sentence.",
)
def new(slug: str, difficulty: str, question: str) -> None:
    """Lay out the files of a new kata, each saying what must be written in it.

    For contributors. Nothing is overwritten.
    """
    from kata import repository, scaffold

    root = catalog.find_root(Path.cwd())
    texts = scaffold.files(slug, question, difficulty)
    repository.need_solutions(root)
    taken = [path for path in texts if (root / path).exists()]
    if taken:
        raise UsageError(f"{taken[0]} exists already: choose another name, or go on with that one.")
    for path, text in texts.items():
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
        click.echo(path)
    click.echo(
        f"\n{scaffold.MARK} stands before everything that is yours to write. In this order:\n"
        f"  1. the task, and kata.toml; then make check EX={slug} must say: not started\n"
        "  2. accepted/ and rejected/, by somebody who has seen the task alone\n"
        "  3. the grader, the reference, the hints and the notes\n"
        f"  4. make table, then make verify EX={slug}\n"
        'CONTRIBUTING.md has the rules: "A kata", "Writing properties", "Declare a budget".'
    )


@main.command()
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when one is stale.")
@click.pass_context
def table(ctx: click.Context, *, check: bool) -> None:
    """Make the table of katas in README.md, and docs/topics.md, anew from every kata.toml."""
    from kata import syllabus
    from kata.reports import table as report
    from kata.reports import topics

    root = catalog.find_root(Path.cwd())
    katas = catalog.find(root)
    readme, page = root / "README.md", root / "docs" / "topics.md"
    made = [(readme, "The table of katas in README.md", report.replace_in(_text(readme), katas))]
    if (root / syllabus.FILE).exists():
        made.append((page, "docs/topics.md", topics.render(syllabus.read(root), katas)))
    for path, what, new in made:
        if path.exists() and _text(path) == new:
            continue
        if check:
            click.echo(f"{what} is stale. Run make table.", err=True)
            ctx.exit(1)
        try:
            path.parent.mkdir(exist_ok=True)
            path.write_text(new, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error


@main.command()
def doctor() -> None:
    """Tell what this machine has for grading, and how well your code is fenced in."""
    from kata.doctor import examine

    width = min(shutil.get_terminal_size().columns, 100)
    for finding in examine(ROOT):
        lead = f"{finding.what:<14}"
        click.echo(
            textwrap.fill(finding.says, width, initial_indent=lead, subsequent_indent=" " * 14)
        )


def _sandbox(asked: str, required: str, root: Path, *folders: Path) -> Sandbox:
    """A sandbox of the level asked for; SetupError when it is below the one required.

    Answers lie in exercises/, or in one of the further folders.
    """
    level = None if asked == "auto" else Level[asked.upper()]
    sandbox = Sandbox(level=level, folders=[root / "exercises", *folders])
    if sandbox.level < Level[required.upper()]:
        sandbox.close()
        raise SetupError(
            f"The sandbox level here is {sandbox.level}, and {required} is required "
            "(--require-sandbox). .venv/bin/kata doctor tells what is missing."
        )
    return sandbox


@main.command()
@click.argument("slugs", nargs=-1, type=_Name(), metavar="[KATA]...", shell_complete=_names)
@click.option(
    "--seeds",
    type=click.IntRange(min=1),
    default=20,
    help="Seeds from which each accepted answer is graded, at least.",
)
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    help="Runs of accepted answers a kata, at least, the published ones among them; replaces "
    "--seeds.",
)
@click.option(
    "--processes", type=click.IntRange(min=1), help="How many at once, instead of one a core."
)
@click.option(
    "--json", "json_", type=click.Path(path_type=Path), help="Write all that was found to FILE."
)
@click.option(
    "--publish",
    is_flag=True,
    help="Write docs/grader-strength.md, and docs/grader-runs.json; for all katas.",
)
@click.pass_context
def verify(
    ctx: click.Context,
    slugs: tuple[str, ...],
    seeds: int,
    runs: int | None,
    processes: int | None,
    json_: Path | None,
    *,
    publish: bool,
) -> None:
    """Prove graders: on the answers under solutions/, and on mutants of the references.

    What has been graded before and has not changed since is not graded again. The exit status is
    0 when everything holds, 1 when something is refuted, and 2 when the command is at fault.
    """
    from kata import progress, repository
    from kata import runs as counted
    from kata.pool import Pool
    from kata.proof import prove
    from kata.reports import strength

    root = catalog.find_root(Path.cwd())
    katas = catalog.find(root)
    chosen = tuple(dict.fromkeys(catalog.choose(katas, slug) for slug in slugs)) or katas
    if publish and slugs:
        raise UsageError("--publish is for all katas: leave out their names.")
    repository.need_solutions(root)
    with progress.shown() as tick, Pool(processes or cores()) as pool:
        proofs = [prove(kata, pool, runs, seeds, tick) for kata in chosen]
    progress.table(strength.SHORT, [strength.row(proof) for proof in proofs])
    click.echo(strength.bars(proofs), nl=False)
    click.echo(strength.summary(proofs), nl=False)
    try:
        if json_ is not None:
            json_.write_text(strength.document(proofs), encoding="utf-8")
        if publish:
            page = strength.page(proofs, repository.commit(root))
            (root / "docs/grader-strength.md").write_text(page, encoding="utf-8")
            known = {proof.slug: proof.known for proof in proofs if proof.known}
            (root / counted.FILE).write_text(counted.text(known), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be written: {error.strerror}.") from error
    ctx.exit(strength.exit_status(proofs))


@main.command()
@click.argument("submissions", nargs=-1, required=True, metavar="SUBMISSIONS...")
@click.option("--kata", "slug", required=True, metavar="KATA", help="What all of them answer.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Append results to FILE, one line each; a CSV goes beside it.",
    metavar="FILE",
)
@click.option(
    "--processes", type=click.IntRange(min=1), help="How many at once, instead of one a core."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Grade on a dask cluster, such as tcp://host:8786."
)
@click.option("--seed", type=int, default=0, help="Search for examples from this seed.")
@click.option(
    "--examples", type=click.IntRange(min=1), help="Examples a property, instead of its own."
)
@click.option(
    "--shrink",
    is_flag=True,
    help="Look for the smallest counterexamples and the slowest lines; takes longer.",
)
@click.option("--sandbox", "sandbox_", type=click.Choice(["auto", *LEVELS]), default="auto")
@click.option(
    "--require-sandbox",
    type=click.Choice(LEVELS),
    default=str(Level.LANDLOCK),
    show_default=True,
    envvar="KATA_REQUIRE_SANDBOX",
    help="Refuse to run anything below this level. Also: $KATA_REQUIRE_SANDBOX.",
)
@click.pass_context
def grade(
    ctx: click.Context,
    submissions: tuple[str, ...],
    slug: str,
    out: Path,
    processes: int | None,
    scheduler: str | None,
    seed: int,
    examples: int | None,
    sandbox_: str,
    require_sandbox: str,
    *,
    shrink: bool,
) -> None:
    """Grade many people's submissions for one kata: folders with a folder or a file a person.

    Started again with the same FILE, it grades only what is missing there. The exit status is 0
    when everything was graded, whatever the verdicts, and 2 when the command or a grader is at
    fault.
    """
    from kata import batch, cluster, likeness, progress, roster
    from kata.gradebook import Gradebook
    from kata.proxy import Search
    from kata.reports import gradebook as report
    from kata.verdict import Verdict

    if not (out.name and all(submissions)):
        raise UsageError(
            "Say whose files, and where the results go: "
            "make grade EX=kmeans FROM=folder OUT=results.jsonl"
        )
    sheet = out.with_suffix(".csv")
    if sheet == out:
        raise UsageError(f"{out} is where the CSV would go: name the results {out.stem}.jsonl.")
    kata = _kata(slug)
    entries = roster.find(submissions, slug)
    level = None if sandbox_ == "auto" else Level[sandbox_.upper()]
    rules = batch.rules(
        kata, Search(seed, examples, shrink=shrink), level, Level[require_sandbox.upper()]
    )
    if not scheduler:
        with Sandbox(level=level, folders=[kata.folder.parent]) as sandbox:
            if sandbox.level < rules.required:
                raise batch.too_weak(sandbox.level, rules.required)
    with contextlib.ExitStack() as stack:
        book = stack.enter_context(Gradebook(out, rules.context))
        before = len(book.known)
        engine, slots = (
            stack.enter_context(cluster.connected(scheduler))
            if scheduler
            else batch.processes(processes or cores())
        )
        tick = stack.enter_context(progress.shown())
        try:
            current = batch.take_up(entries, rules, book, engine, slots, tick)
        except KeyboardInterrupt:
            fresh = len(book.known) - before
            raise UsageError(
                f"Stopped after {fresh} more were graded. The same command goes on from there."
            ) from None
        counted = report.tally(record for record in book.records() if record.key in current)
    groups = likeness.groups(counted.shapes)
    click.echo(report.summary(slug, counted, groups), nl=False)
    if others := roster.passed_over(submissions, slug, [out, sheet]):
        click.echo("\n" + report.passed_over(others))
    try:
        sheet.write_text(report.table(counted, groups), encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{sheet} cannot be written: {error.strerror}.") from error
    fresh = len(book.known) - before
    click.echo(f"\n{fresh} graded now, {len(current) - fresh} before: {out} and {sheet}")
    ctx.exit(2 if counted.verdicts[Verdict.GRADER_ERROR] else 0)


_zipped = click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="The archive to write.",
)
_required = click.option(
    "--require-sandbox",
    type=click.Choice(LEVELS),
    default=str(Level.SECCOMP),
    show_default=True,
    help="What the service's machine must have; below it nothing is graded there.",
)


@main.command("gradescope-zip")
@click.argument("slug", type=_Name(), metavar="KATA", shell_complete=_names)
@_zipped
@_required
@click.option(
    "--visibility",
    type=click.Choice(["visible", "after_due_date", "after_published", "hidden"]),
    default="visible",
    show_default=True,
    help="When students may see the properties.",
)
def gradescope_zip(slug: str, out: Path, require_sandbox: str, visibility: str) -> None:
    """Pack one kata's grader for Gradescope (docs/gradescope.md)."""
    from kata import bundle

    _pack(out, bundle.gradescope(_kata(slug), visibility, Level[require_sandbox.upper()]))


@main.command("classroom50-zip")
@click.argument("slug", type=_Name(), metavar="KATA", shell_complete=_names)
@_zipped
@_required
def classroom50_zip(slug: str, out: Path, require_sandbox: str) -> None:
    """Pack one kata's grader for Classroom 50 (docs/classroom50.md)."""
    from kata import bundle

    _pack(out, bundle.classroom50(_kata(slug), Level[require_sandbox.upper()]))


def _pack(out: Path, archive: bytes) -> None:
    try:
        out.write_bytes(archive)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"{out}: {len(archive) >> 10} KiB")


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what has your shell complete commands, options and the names of katas."""
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 click has had these three since version 8
    click.echo(found(main, {}, "kata", "_KATA_COMPLETE").source())


@contextlib.contextmanager
def _interrupts_for_the_child() -> Iterator[None]:
    """Leave Ctrl-C to a program that is started inside, which has the handlers that it has."""
    # A function, since a signal that is ignored would be ignored by the program as well.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _filled(text: str) -> str:
    """A sentence or two, broken between words where the terminal ends."""
    return textwrap.fill(text, min(_width(), 80), break_long_words=False, break_on_hyphens=False)


def _width() -> int:
    """How wide the terminal is; as wide as usual where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def _colour() -> bool:
    dumb = os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not dumb and not os.environ.get("NO_COLOR")


def _paint(colour: str, text: str) -> str:
    return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)


for _name, _command in main.commands.items():
    _command.epilog = examples.block(_name)
main.epilog = examples.DAY
