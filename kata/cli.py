"""The command line: it reads arguments, the environment and the terminal, and prints.

Every command here is one call of a module that can be used without a terminal.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kata import __version__, catalog
from kata.errors import UsageError
from kata.sandbox import Sandbox

USAGE = 2
"""Exit status for a command that cannot be carried out, and for a fault of a grader."""


class _Group(click.Group):
    """A group whose UsageErrors become one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            click.echo(f"kata: {error}", err=True)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "kata"
            click.echo(f"kata: {error.format_message()} See {command} --help.", err=True)
        raise click.exceptions.Exit(USAGE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kata")
def main() -> None:
    """Practise the coding round of a machine-learning interview.

    Open a file in exercises/, write your answer, and run `kata check` on it.
    """


@main.command()
@click.argument("slugs", nargs=-1, metavar="[KATA]...")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="Grade FILE instead of the file in exercises/; for one KATA.",
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--seed", type=int, default=0, help="Search for examples from this seed.")
@click.option(
    "--examples", type=click.IntRange(min=1), help="Examples a property, instead of its own."
)
@click.option("-v", "--verbose", is_flag=True, help="Show every property, and failures in full.")
@click.pass_context
def check(
    ctx: click.Context,
    slugs: tuple[str, ...],
    file: Path | None,
    format_: str,
    seed: int,
    examples: int | None,
    verbose: bool,
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
    # The fork server loads NumPy while this process imports pytest, Hypothesis and NumPy.
    with Sandbox() as sandbox:
        from kata.check import grade  # noqa: PLC0415 see above: these imports take most of the time
        from kata.proxy import Search  # noqa: PLC0415
        from kata.reports import json, terminal  # noqa: PLC0415

        report = grade(root, chosen, sandbox, Search(seed, examples), file and file.absolute())
    if format_ == "json":
        click.echo(json.render(report), nl=False)
    else:
        paint = _paint if _colour() else terminal.plain
        click.echo(terminal.render(report, chosen, verbose=verbose, paint=paint), nl=False)
    ctx.exit(report.exit_status)


@main.command()
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when the table is stale.")
@click.pass_context
def table(ctx: click.Context, *, check: bool) -> None:
    """Make the table of katas in README.md anew, from every kata.toml."""
    from kata.reports import table as report  # noqa: PLC0415 only this command needs it

    root = catalog.find_root(Path.cwd())
    page = root / "README.md"
    try:
        old = page.read_text(encoding="utf-8")
        new = report.replace_in(old, catalog.find(root))
        if new != old and not check:
            page.write_text(new, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{page} cannot be read and written: {error.strerror}.") from error
    if new != old and check:
        click.echo("The table of katas in README.md is stale. Run make table.", err=True)
        ctx.exit(1)


def _colour() -> bool:
    dumb = os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not dumb and not os.environ.get("NO_COLOR")


def _paint(colour: str, text: str) -> str:
    return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)
