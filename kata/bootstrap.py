"""Make .venv ready: what `make` runs before anything is installed.

    python bootstrap.py LEVEL            do what is missing; status 0, or 2 and a line that says why
    python bootstrap.py --check LEVEL    status 0 if .venv has LEVEL, else 1; changes nothing
    python bootstrap.py --compile        write the bytecode; like --check, for .venv's own Python
    python bootstrap.py --stamp LEVEL    record that it has LEVEL; the same

LEVEL: `learner` (what the katas need), `report` (also what draws charts), or `dev` (also what tests
and linters need).

Boundary: standard library only, all messages on stderr, nothing written outside .venv but the
bytecode of kata.  Whichever Python the system has runs this file, so it has to parse on 2.7 and 3.4
too, to be able to say that they are too old.

.venv counts as finished only by its stamp, which is removed before the first change and written
after the last.  What has no stamp is made anew.  A .venv that does not hold the lock file is
somebody else's and is never touched.
"""

from __future__ import print_function

import os
import sys

TYPE_CHECKING = False  # as in `typing`, which 2.7 does not have
if TYPE_CHECKING:
    from typing import IO  # noqa: F401 (used in type comments, which ruff does not read)

HERE = os.path.dirname(os.path.realpath(__file__))
# Python puts this file's folder first on its search path; the engine's modules must not stand in
# for the standard library's.
sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry) != HERE]

# Further imports are in the functions that need them: every `make check` runs --check, and
# subprocess, re and shutil would treble its time.

ROOT = os.path.dirname(HERE)
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
LOCK = os.path.join(VENV, "setup.lock")
LOG = os.path.join(VENV, "setup.log")
STAMP = os.path.join(VENV, "setup.done")

REQUIREMENTS = {
    "learner": ["requirements.txt"],
    "report": ["requirements.txt", "requirements-report.txt"],
    # What vouches for dev vouches for report: the two must not undo each other's stamp in turn.
    "dev": ["requirements.txt", "requirements-report.txt", "requirements-dev.txt"],
}

OLDEST = (3, 11)
NEWEST = (3, 13)  # that the project is tested with; a newer one is used where there is no other
KNOWN_PYTHONS = ("python3.13", "python3.12", "python3.11")
NEEDED_MODULES = ("venv", "ensurepip", "ssl")

AGAIN = "run the same command again"

# What a failed command prints -> what to tell.  The first that fits wins: a full disk and a dead
# network also make pip say "no matching distribution".
CAUSES = (
    (
        r"No space left on device|Disk quota exceeded",
        "The disk is full ({line}). {venv} needs about 500 MB: free some space, then {again}.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A downloaded package is not the one that {root}/requirements*.txt pins (its hash differs),"
        " so it was not installed. Empty pip's cache (python3 -m pip cache purge), then {again};"
        " if it stays like this, try another network.",
    ),
    (
        r"Permission denied|Read-only file system|Operation not permitted",
        "Cannot write ({line}). Make {root} writable or clone to a folder that is, then {again}.",
    ),
    (
        r"connection broken|Could not fetch URL|[Tt]imed ?out|ConnectionError|ProxyError|SSLError"
        r"|Max retries|not enough bytes|IncompleteRead|HTTP error",
        "The package index cannot be reached, so {venv} lacks its packages. Check the network (and"
        " the proxy settings, if any), then {again}.",
    ),
    (
        r"No matching distribution",
        "The package index has nothing that fits Python {python} on this machine ({line}). Name"
        " another Python: PYTHON=/path/to/python{newest} make check.",
    ),
)


class SetUpError(Exception):
    """The set-up cannot go on; the text is the one line to show."""


def say(text):
    # type: (str) -> None
    """Print for the person who waits.  Stdout belongs to what `make` runs afterwards."""
    print(text, file=sys.stderr)
    sys.stderr.flush()


def dotted(version):
    # type: (tuple[int, ...]) -> str
    """Return (3, 11) as "3.11"."""
    return ".".join(str(part) for part in version)


# --- Is .venv ready? ---------------------------------------------------------------------------


def facts(level):
    # type: (str) -> list[str]
    """Return what has to be true of .venv for LEVEL, seen from .venv's own Python.

    Level `place` is the part that only a new .venv can mend: its scripts hold its path, and its
    packages are those of one Python.
    """
    found = ["root " + ROOT, "python " + dotted(sys.version_info[:2])]
    if os.environ.get("PYTHON"):
        found.append("asked " + os.environ["PYTHON"])
    if level != "place":
        import hashlib

        for name in REQUIREMENTS[level] + ["pyproject.toml"]:
            with open(os.path.join(ROOT, name), "rb") as file:
                found.append(name + " " + hashlib.sha256(file.read()).hexdigest())
    return found


def has(level):
    # type: (str) -> bool
    """Tell whether the stamp vouches for LEVEL."""
    try:
        with open(STAMP, encoding="utf-8", errors="surrogateescape") as file:
            return set(facts(level)) <= set(file.read().split("\n"))
    except OSError:
        return False


def stamp(level):
    # type: (str) -> None
    """Vouch for LEVEL, in one step: there is no stamp or a whole one."""
    with open(STAMP + ".new", "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("\n".join(facts(level)))
    os.rename(STAMP + ".new", STAMP)


def venv_has(level):
    # type: (str) -> bool
    """Ask .venv's own Python; one that is missing or does not start has nothing."""
    import subprocess

    try:
        return subprocess.call(in_venv(os.path.abspath(__file__), "--check", level)) == 0
    except OSError:
        return False


def in_venv(*arguments):
    # type: (*str) -> list[str]
    """Return the command for .venv's Python, deaf to PYTHONPATH and the user's own packages."""
    return [VENV_PYTHON, "-I"] + list(arguments)


# --- Which Python makes it? --------------------------------------------------------------------


def base_python():
    # type: () -> str
    """Return the running Python or the one it came from: an active .venv cannot make itself."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def misfit():
    # type: () -> str | None
    """Return why the running Python cannot make .venv, or None if it can."""
    this = "Python %s (%s)" % (dotted(sys.version_info[:3]), sys.executable)
    instead = (
        "install Python {0}, or name one you have: PYTHON=/path/to/python{0} make check".format(
            dotted(NEWEST)
        )
    )
    if sys.version_info < OLDEST:
        return "%s is too old, %s or newer is needed: %s" % (this, dotted(OLDEST), instead)
    for module in NEEDED_MODULES:
        try:
            __import__(module)
        except ImportError:
            packages = "python3-venv python%s-venv" % dotted(sys.version_info[:2])
            return "%s lacks the module %s. Debian, Ubuntu: sudo apt install %s. Elsewhere: %s" % (
                this,
                module,
                packages,
                instead,
            )
    return None


def better_python():
    # type: () -> str | None
    """Return the name of a Python on the PATH that can make .venv, or None."""
    import subprocess

    probe = "import sys, %s; sys.exit(not %r <= sys.version_info[:2] <= %r)" % (
        ", ".join(NEEDED_MODULES),
        OLDEST,
        NEWEST,
    )
    with open(os.devnull, "w") as nowhere:
        for name in KNOWN_PYTHONS:
            try:
                if subprocess.call([name, "-c", probe], stdout=nowhere, stderr=nowhere) == 0:
                    return name
            except OSError:
                pass  # it is not on the PATH
    return None


def settle_python(arguments):
    # type: (list[str]) -> None
    """Return if the running Python will do, else start this file again with one that does.

    A Python that the learner names by PYTHON= is never replaced behind their back.
    """
    problem = misfit()
    if not os.environ.get("PYTHON") and (problem or sys.version_info[:2] > NEWEST):
        better = better_python()
        if better:
            os.execvp(better, [better, os.path.abspath(__file__)] + arguments)
    if problem:
        raise SetUpError(problem)


# --- Make it -----------------------------------------------------------------------------------


def set_up(level):
    # type: (str) -> None
    """Bring .venv to LEVEL; of several processes one works and the others wait."""
    import fcntl

    try:
        os.mkdir(VENV)
    except FileExistsError:
        if is_foreign():
            raise SetUpError(
                "%s is not of this project's making. Rename or delete it, then %s." % (VENV, AGAIN)
            )
    with open(LOCK, "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another set-up of .venv ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not venv_has(level):
            with open(LOG, "w", encoding="utf-8", errors="replace") as log:
                build(level, Runner(lock, log))


def is_foreign():
    # type: () -> bool
    """Tell whether .venv is somebody else's: we put the lock into it before anything else."""
    if os.path.islink(VENV) or not os.path.isdir(VENV):
        return True
    names = os.listdir(VENV)
    return names != [] and os.path.basename(LOCK) not in names


def build(level, runner):
    # type: (str, Runner) -> None
    """Install what LEVEL needs: into the .venv there is if its stamp is good, else a new one."""
    keep = venv_has("place")
    if os.path.exists(STAMP):
        os.remove(STAMP)
    if keep:
        say("Updating .venv ...")
    else:
        version = dotted(sys.version_info[:3])
        say("Setting up .venv with Python %s (once, about a minute) ..." % version)
        clear()
        runner.run([base_python(), "-I", "-m", "venv", "--without-pip", VENV])
        # What `venv` would do next, but it hides why that failed.
        runner.run(in_venv("-m", "ensurepip", "--default-pip"))
    # --no-compile: pip would compile on one processor, and the tests of all packages as well.
    pip = in_venv("-m", "pip", "--disable-pip-version-check", "--no-input", "--no-color")
    pip += ["install", "--progress-bar=off", "--no-compile"]
    # Only binaries: a source would need a compiler, and show pages of its output.
    packages = ["--require-hashes", "--only-binary=:all:", "--retries=2"]
    for name in REQUIREMENTS[level]:
        packages += ["-r", os.path.join(ROOT, name)]
    say("  installing the packages")
    runner.run(pip + packages)
    say("  installing the kata command")
    runner.run(pip + ["--no-index", "--no-deps", "--no-build-isolation", "-e", ROOT])
    runner.run(in_venv(os.path.abspath(__file__), "--compile"))
    runner.run(in_venv(os.path.abspath(__file__), "--stamp", level))


def compile_all():
    # type: () -> None
    """Write the bytecode of .venv's packages and of kata.

    Python would write it on first use, but not where PYTHONDONTWRITEBYTECODE is set: there each
    check would compile pytest and Hypothesis again. What cannot be compiled fails when imported.
    """
    import compileall
    import re
    import sysconfig

    unused = re.compile(r"site-packages/.*/tests?/")
    for folder in (sysconfig.get_path("purelib"), HERE):
        compileall.compile_dir(folder, quiet=2, workers=0, rx=unused)


def clear():
    # type: () -> None
    """Empty .venv, save for the lock that is held and the log that is open."""
    import shutil

    for name in os.listdir(VENV):
        path = os.path.join(VENV, name)
        if path in (LOCK, LOG):
            continue
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.remove(path)


class Runner(object):
    """Runs commands: what they print goes to the log, what the learner should know is told."""

    def __init__(self, lock, log):
        # type: (IO[str], IO[str]) -> None
        self.lock = lock
        self.log = log

    def run(self, command):
        # type: (list[str]) -> None
        """Run COMMAND to its end; name large downloads as they start, and a failure's cause.

        The child holds the lock too: where only this process is killed, nobody else starts while
        pip still writes.
        """
        import re
        import subprocess

        self.log.write("$ %s\n" % " ".join(command))
        output = []  # type: list[str]
        with subprocess.Popen(
            command,
            cwd=ROOT,
            # A learner's own `user = true` would have pip refuse to install into a .venv.
            env=dict(os.environ, PIP_USER="0"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            pass_fds=[self.lock.fileno()],
        ) as child:
            for line in child.stdout or ():
                self.log.write(line)
                self.log.flush()
                output.append(line.strip())
                large = re.match(r"Downloading ([^\s-]+-[^\s-]+)\S* \((\S+ MB)\)", output[-1])
                if large:
                    say("    downloading %s, %s" % large.groups())
        if child.returncode != 0:
            raise SetUpError("%s Full output: %s" % (explain(output), LOG))


def explain(output):
    # type: (list[str]) -> str
    """Return one line that tells what a failed command's output means, and what to do."""
    import re

    for pattern, text in CAUSES:
        fitting = [line for line in output if re.search(pattern, line)]
        if fitting:
            return text.format(
                line=fitting[-1],
                root=ROOT,
                venv=VENV,
                again=AGAIN,
                python=dotted(sys.version_info[:2]),
                newest=dotted(NEWEST),
            )
    last = [line for line in output if line][-1:] or ["no output"]
    return "Something failed while making %s (%s). Delete it, then %s." % (VENV, last[0], AGAIN)


def main(arguments):
    # type: (list[str]) -> int
    """Return the exit status."""
    if arguments[0] == "--check":
        return 0 if has(arguments[1]) else 1
    if arguments[0] == "--compile":
        compile_all()
        return 0
    if arguments[0] == "--stamp":
        stamp(arguments[1])
        return 0
    try:
        if arguments[0] not in REQUIREMENTS:
            raise SetUpError(
                "%s is no level: it is one of %s." % (arguments[0], ", ".join(sorted(REQUIREMENTS)))
            )
        settle_python(arguments)
        set_up(arguments[0])
    except SetUpError as error:
        say("Set-up stopped: %s" % error)
        return 2
    except OSError as error:  # .venv, or a file of ours in it, could not be written
        say("Set-up stopped: %s" % explain([str(error)]))
        return 2
    except KeyboardInterrupt:
        say("Set-up interrupted. The next run starts it anew.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
