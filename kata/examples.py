"""What `--help` shows by way of example: lines that can be typed; text only.

A test holds every line to the command line, and every command to having one.
"""

from __future__ import annotations

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "check": (
        ("make check", "grade every kata that you have started"),
        ("make check EX=kmeans", "grade one"),
        ("kata check kmeans --verbose", "with all properties, and all failures in full"),
        ("kata check kmeans --processes 1", "keep the other cores for something else"),
        ("kata check kmeans --seed 7 --examples 500", "search elsewhere, and further"),
        ("kata check kmeans --file other.py", "grade another file"),
        ("kata check --format json", "for a program to read"),
    ),
    "watch": (("make watch EX=kmeans", "grade it now, and whenever you save it"),),
    "hint": (("make hint EX=kmeans", "one more hint than last time"),),
    "reveal": (
        ("make reveal EX=kmeans", "the solution, after yours is accepted"),
        ("make reveal EX=kmeans GIVE_UP=1", "the solution, although it is not"),
    ),
    "reset": (("make reset EX=kmeans", "the untouched stub; your version is kept"),),
    "attempts": (("kata attempts kmeans", "your versions of it, numbered"),),
    "restore": (("kata restore kmeans 3", "the third of them is your file again"),),
    "replay": (
        ("make replay EX=kmeans", "run the last failing input again"),
        ("make replay EX=kmeans ARGS=--pdb", "in the debugger, at your first line"),
    ),
    "status": (("make status", "where you stand with every kata"),),
    "new": (
        ("make new EX=naive_bayes", "lay out exercise, grader and solutions"),
        ("kata new naive_bayes --difficulty Easy", "the same, with another difficulty"),
    ),
    "next": (("make next", "what to practise now, and why"),),
    "mock": (
        ("make mock", "45 minutes with the katas that you need most"),
        ("make mock PRESET=screen", "a first call; also coding-round, deep-dive, full-loop"),
        ("make mock MINUTES=60 LEVEL=Hard", "another time, another level"),
        ("make mock EX=kmeans", "one kata, in its own minutes"),
        ("make mock RESUME=1", "go on after the window was closed"),
        ("kata mock --show --format json", "the last score, for a program to read"),
    ),
    "report": (
        ("make report", "write .kata/report.html"),
        ("make report ARGS=--open", "and open it in your browser"),
    ),
    "update": (
        ("git remote add upstream URL", "once, in a fork: where the katas come from"),
        ("make update", "bring in what is new there"),
    ),
    "author": (("make author", "you want to change katas, not solve them"),),
    "doctor": (("kata doctor", "what this machine has for grading"),),
    "completion": (
        ('eval "$(.venv/bin/kata completion bash)"', "for this shell; in ~/.bashrc, for all"),
        ('eval "$(.venv/bin/kata completion zsh)"', "the same, in ~/.zshrc"),
        (".venv/bin/kata completion fish | source", "the same, in ~/.config/fish/config.fish"),
    ),
    "grade": (
        ("kata grade submissions/ --kata kmeans --out kmeans.jsonl", "a folder of a whole class"),
    ),
    "gradescope-zip": (
        ("kata gradescope-zip kmeans --out kmeans.zip", "an autograder to upload there"),
    ),
    "classroom50-zip": (
        ("kata classroom50-zip kmeans --out kmeans.zip", "the same for Classroom 50"),
    ),
    "table": (("make table", "after a change in a kata.toml"),),
    "verify": (
        ("make verify EX=kmeans", "prove one grader"),
        ("kata verify kmeans --runs 1000", "look longer for false rejections"),
    ),
}
"""Command -> pairs of a line to type and what it does. `kata` is .venv/bin/kata."""


def block(command: str) -> str:
    """The examples of a command, as click's help takes them; empty when there are none."""
    lines = [f"  {typed}\n      {does}" for typed, does in EXAMPLES.get(command, ())]
    # The character \b keeps click from filling the lines.
    return "\n".join(["\b", "Examples (kata is .venv/bin/kata):", *lines]) if lines else ""


DAY = "\n".join(
    [
        "\b",
        "A day of practice:",
        "  make next              what to do now, and why",
        "  make watch EX=kmeans   graded whenever you save",
        "  make hint EX=kmeans    when you are stuck",
        "  make reveal EX=kmeans  once it is accepted",
        "  make status            where you stand",
    ]
)
