"""The set-up behind `make check`, driven as a learner drives it: by `make`, in a fresh clone.

The clones have a space in their path and a stand-in for the engine, for the set-up is the subject.
Only the first test below needs the network, and `make proof` alone runs it; the others install
from a wheel made here.
"""

import ast
import hashlib
import importlib.metadata
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = (
    *("Makefile", "LICENSE", "pyproject.toml"),
    *("requirements.txt", "requirements-report.txt", "requirements-dev.txt"),
    "kata/bootstrap.py",
)
MAKE = shutil.which("make") or "make"
BASE_PYTHON: str = sys._base_executable  # type: ignore[attr-defined]  # what our .venv is made from
STOPPED = "Set-up stopped: "


class Clone:
    """A clone of what the set-up needs, and the surroundings that its `make` runs in."""

    def __init__(self, path: Path, programs: Path) -> None:
        self.path = path
        self.programs = programs  # the PATH, all of it
        self.programs.mkdir()
        self.offer("python3", BASE_PYTHON)
        for name in NEEDED:
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, path / name)
        (path / "kata/__init__.py").touch()
        (path / "kata/cli.py").write_text(
            "import sys\n\n\ndef main():\n    print('kata', *sys.argv[1:])\n"
        )
        # As the machine is set up, but for what `make test` itself or its caller may have set.
        self.env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "MAKE", "MFLAGS", "COV_", "VIRTUAL_ENV"))
        }
        self.env["PATH"] = str(programs)

    @property
    def venv(self) -> Path:
        """The folder that the set-up makes."""
        return self.path / ".venv"

    def offer(self, name: str, program: str | Path) -> None:
        """Put PROGRAM on the PATH as NAME."""
        link = self.programs / name
        link.unlink(missing_ok=True)
        link.symlink_to(program)

    def withdraw_all(self) -> None:
        """Take all programs from the PATH, but not from the disk: a .venv may be made of one."""
        self.env["PATH"] = "/nonexistent"

    def no_packages_but(self, folder: Path) -> None:
        """Let pip see the wheels in FOLDER only, whatever this machine's settings are."""
        self.env = {name: value for name, value in self.env.items() if not name.startswith("PIP_")}
        self.env |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1", "NO_PROXY": "*"}
        self.env |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": folder.as_uri()}

    def index_at(self, port: int) -> dict[str, str]:
        """Return the surroundings in which the package index is what answers at PORT here."""
        env = {
            name: value
            for name, value in self.env.items()
            if name not in ("PIP_NO_INDEX", "PIP_FIND_LINKS")
        }
        return env | {"PIP_INDEX_URL": f"http://127.0.0.1:{port}/simple"}

    def start(
        self, *command: str | Path, env: dict[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start COMMAND here, leader of a process group of its own."""
        return subprocess.Popen(
            command,
            cwd=self.path,
            env=env or self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def make(
        self, *arguments: str, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run make to its end."""
        process = self.start(MAKE, *arguments, env=env)
        stdout, stderr = process.communicate()
        return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)

    def stopped_by(self, *arguments: str, env: dict[str, str] | None = None) -> str:
        """Run make, insist that it stops with status 2 and one line of ours, and return that."""
        done = self.make(*arguments, env=env)
        assert done.returncode == 2, done
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        ours = [line for line in done.stderr.splitlines() if not line.startswith("make:")]
        assert ours[-1].startswith(STOPPED), done.stderr
        assert not any(line.startswith(STOPPED) for line in ours[:-1])
        return ours[-1]

    def files(self) -> dict[str, tuple[int, int, int]]:
        """Return what shows that a file in .venv was written: inode, size, time."""
        found = {}
        for path in sorted(self.venv.rglob("*")):
            state = path.lstat()
            found[str(path)] = (state.st_ino, state.st_size, state.st_mtime_ns)
        return found


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Return a fresh clone with the real requirements."""
    return Clone(tmp_path / "my clone", tmp_path / "programs")


@pytest.fixture
def small(clone: Clone, tmp_path: Path) -> Clone:
    """Return a fresh clone that requires the build backend only, and needs no network for it.

    The backend's wheel is packed again from the files that are installed here.
    """
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    version = importlib.metadata.version("flit_core")
    wheel = wheels / f"flit_core-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for file in importlib.metadata.files("flit_core") or []:
            if file.suffix != ".pyc":
                archive.write(str(file.locate()), str(file))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    for name in clone.path.glob("requirements*.txt"):
        name.write_text(f"flit-core=={version} --hash=sha256:{digest}\n")
    clone.no_packages_but(wheels)
    return clone


@pytest.fixture
def stamped(small: Clone) -> Clone:
    """Return a clone whose .venv is finished as far as make can tell: it lacks but the packages."""
    python = small.venv / "bin/python"
    small.venv.mkdir()
    (small.venv / "setup.lock").touch()
    subprocess.run([BASE_PYTHON, "-m", "venv", "--without-pip", small.venv], check=True)
    subprocess.run(
        [python, "-I", "kata/bootstrap.py", "--stamp", "dev"], cwd=small.path, check=True
    )
    return small


@pytest.fixture
def behind(stamped: Clone) -> Clone:
    """Return a clone whose .venv has pip, and lacks what the requirements have come to ask for.

    What a pip cannot do is the same in a new .venv, whose making takes ten times as long.
    """
    (packages,) = stamped.venv.glob("lib/python*/site-packages")
    for part in Path(sysconfig.get_path("purelib")).glob("pip*"):
        shutil.copytree(part, packages / part.name)
    change_the_requirements(stamped)
    return stamped


# --- A whole set-up ----------------------------------------------------------------------------


@pytest.mark.whole
def test_the_first_check_sets_itself_up_and_later_ones_do_no_work(clone: Clone) -> None:
    clone.env["PYTHONDONTWRITEBYTECODE"] = "1"
    first = clone.make("check", "EX=kmeans", "ARGS=--json", env=clone.env)
    assert first.returncode == 0, first.stderr
    assert first.stdout == "kata check kmeans --json\n"  # nothing of the set-up's
    assert first.stderr.startswith("Setting up .venv with Python 3.")
    assert len(first.stderr.splitlines()) < 12

    wanted = "import click, hypothesis, numpy, pandas, pytest, pytest_timeout"
    subprocess.run([clone.venv / "bin/python", "-I", "-B", "-c", wanted], check=True)

    # Else each check would compile pytest anew where Python may not write bytecode.
    assert list(clone.venv.glob("lib/python*/site-packages/pytest/__pycache__/*.pyc"))

    # No pip to start, no other Python either, and not a file touched.
    for pip in clone.venv.glob("lib/python*/site-packages/pip"):
        pip.rename(pip.with_name("pip.away"))
    clone.withdraw_all()
    before = clone.files()
    second = clone.make("-s", "-C", str(clone.path), "check", env=clone.env)
    assert (second.returncode, second.stdout, second.stderr) == (0, "kata check\n", "")
    assert clone.files() == before


@pytest.mark.whole
def test_a_set_up_killed_half_way_is_made_anew_by_the_next_two_at_once(behind: Clone) -> None:
    with index() as (port, connected):
        killed = behind.start(MAKE, "setup", env=behind.index_at(port))
        connected()  # pip asks for a package: we are in the middle
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
    (behind.venv / "half-made").touch()

    one = behind.start(MAKE, "setup")
    assert one.stderr is not None
    assert one.stderr.readline().startswith("Setting up .venv")
    other = behind.start(MAKE, "setup")
    assert other.communicate() == ("", "Waiting for another set-up of .venv ...\n")
    one.communicate()
    assert (one.returncode, other.returncode) == (0, 0)
    assert not (behind.venv / "half-made").exists()
    assert behind.make("check").stdout == "kata check\n"

    # The same .venv then takes the developers' tools, and changed requirements, as they come.
    (behind.venv / "kept").touch()
    assert behind.make("setup-dev").stderr.startswith("Updating .venv")
    (behind.path / "pyproject.toml").open("a").write("# changed\n")
    assert behind.make("setup").stderr.startswith("Updating .venv")
    assert (behind.venv / "kept").exists()
    assert behind.make("check").stderr == ""


def test_nobody_starts_while_the_pip_of_a_killed_set_up_still_runs(behind: Clone) -> None:
    with index() as (port, connected):
        killed = behind.start(
            behind.programs / "python3", "kata/bootstrap.py", "learner", env=behind.index_at(port)
        )
        connected()
        os.kill(killed.pid, signal.SIGKILL)  # its pip stays
        following = behind.start(MAKE, "setup")
        assert following.stderr is not None
        assert following.stderr.readline() == "Waiting for another set-up of .venv ...\n"
        for group in (killed, following):
            os.killpg(group.pid, signal.SIGKILL)
            group.communicate()


def test_what_only_the_report_needs_comes_with_the_first_report_and_then_stays(
    behind: Clone,
) -> None:
    first = behind.make("report")
    assert first.stdout == "kata report\n"
    assert first.stderr.startswith("Updating .venv")
    assert "requirements-report.txt" in (behind.venv / "setup.log").read_text()
    before = behind.files()
    for target in ("setup", "setup-report", "report"):
        assert behind.make(target).stderr == ""
    assert behind.files() == before
    # The developers' level has it too: neither undoes what the other is vouched for.
    assert behind.make("setup-dev").stderr.startswith("Updating .venv")
    assert behind.make("setup-report").stderr == ""


# --- What is not taken for finished ------------------------------------------------------------


def test_a_finished_venv_is_recognised_without_any_other_python(stamped: Clone) -> None:
    stamped.withdraw_all()
    for target in ("setup", "setup-dev"):
        done = stamped.make(target)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_level_that_is_none_costs_nothing(stamped: Clone) -> None:
    before = stamped.files()
    told = stamped.start(sys.executable, "kata/bootstrap.py", "Hard")
    _, said = told.communicate()
    assert (told.returncode, said.count("\n")) == (2, 1)
    assert said.startswith(f"{STOPPED}Hard is no level")
    assert stamped.files() == before


def move(clone: Clone) -> None:
    clone.path = clone.path.rename(clone.path.with_name("moved clone"))


def copy(clone: Clone) -> None:
    clone.path = Path(
        shutil.copytree(clone.path, clone.path.with_name("copied clone"), symlinks=True)
    )


def lose_the_python(clone: Clone) -> None:
    for python in clone.venv.glob("bin/python*"):
        python.unlink()
        python.symlink_to("/nonexistent/python3")


def break_the_python(clone: Clone) -> None:
    (clone.venv / "bin/python").unlink()
    (clone.venv / "bin/python").write_text("not a program\n")
    (clone.venv / "bin/python").chmod(0o755)


def upgrade_the_python(clone: Clone) -> None:
    """As where bin/python is a link to a python3 that is the next version since."""
    stamp = clone.venv / "setup.done"
    stamp.write_text(re.sub(r"(?m)^python .*", "python 3.10", stamp.read_text()))


def be_interrupted(clone: Clone) -> None:
    (clone.venv / "setup.done").unlink()


def ask_for_another_python(clone: Clone) -> None:
    clone.env["PYTHON"] = "/nonexistent/python3"


def change_the_requirements(clone: Clone) -> None:
    (clone.path / "requirements.txt").open("a").write("# changed\n")


def change_the_project(clone: Clone) -> None:
    (clone.path / "pyproject.toml").open("a").write("# changed\n")


def change_nothing_but_the_times(clone: Clone) -> None:
    for name in NEEDED:
        os.utime(clone.path / name)


SPOILERS = [
    *(move, copy, lose_the_python, break_the_python, upgrade_the_python, ask_for_another_python),
    *(be_interrupted, change_the_requirements, change_the_project),
]


@pytest.mark.parametrize("spoil", SPOILERS)
def test_it_is_set_up_again_after(stamped: Clone, spoil: Callable[[Clone], None]) -> None:
    stamped.withdraw_all()  # so that it stops where it would start
    spoil(stamped)
    assert "none of these runs" in stamped.stopped_by("setup")


def test_a_git_checkout_that_only_renews_the_times_costs_nothing(stamped: Clone) -> None:
    stamped.withdraw_all()
    change_nothing_but_the_times(stamped)
    assert stamped.make("setup").returncode == 0


def test_somebody_elses_venv_is_not_touched(clone: Clone) -> None:
    (clone.venv / "bin").mkdir(parents=True)
    before = clone.files()
    assert "Rename or delete it" in clone.stopped_by("check")
    assert clone.files() == before


# --- Which Python ------------------------------------------------------------------------------


def old_pythons() -> Iterator[object]:
    """Yield every Python on this machine that is too old, one for each version."""
    versions = ["2.7", *(f"3.{minor}" for minor in range(4, 11))]
    for version in versions:
        found = [shutil.which(f"python{version}")]
        found += [str(path) for path in Path.home().glob(f".pyenv/versions/{version}.*/bin/python")]
        for path in filter(None, found):
            asked = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
            if asked.returncode == 0:  # a version manager's stand-in may lead nowhere
                yield pytest.param(version, path, id=version)
                break
        else:
            reason = f"there is no Python {version} on this machine"
            yield pytest.param(version, "", id=version, marks=pytest.mark.skip(reason=reason))


OLD_PYTHONS = list(old_pythons())


@pytest.mark.parametrize(("version", "path"), OLD_PYTHONS)
def test_an_old_python_says_that_it_is_too_old(clone: Clone, version: str, path: str) -> None:
    clone.offer("python3", path)
    line = clone.stopped_by("check")
    assert f"Python {version}" in line
    assert "is too old, 3.11 or newer is needed" in line
    assert "PYTHON=" in line
    assert not clone.venv.exists()


@pytest.mark.parametrize(("version", "path"), OLD_PYTHONS)
def test_an_old_python_hands_over_to_a_newer_one(clone: Clone, version: str, path: str) -> None:
    clone.offer("python3", path)
    clone.offer("python3.12", BASE_PYTHON)
    clone.venv.symlink_to("elsewhere")  # it stops where only a Python that is new enough arrives
    assert "not of this project's making" in clone.stopped_by("check"), version


@pytest.mark.parametrize(("version", "path"), OLD_PYTHONS)
def test_the_python_asked_for_is_not_replaced(clone: Clone, version: str, path: str) -> None:
    assert f"Python {version}" in clone.stopped_by("check", f"PYTHON={path}")


@pytest.mark.parametrize("minor", range(4, 11))
def test_the_file_parses_as_older_python_3(minor: int) -> None:
    source = (ROOT / "kata/bootstrap.py").read_text(encoding="ascii")
    ast.parse(source, feature_version=(3, minor))


def test_a_python_without_ensurepip_is_told_what_to_install(clone: Clone, tmp_path: Path) -> None:
    # As Debian ships it: the whole standard library but that package.
    library = Path(sysconfig.get_path("stdlib"))
    home = tmp_path / "python"
    copied = home / library.parent.name / library.name
    copied.mkdir(parents=True)
    for part in library.iterdir():
        if part.name not in ("ensurepip", "site-packages", "dist-packages"):
            (copied / part.name).symlink_to(part)
    python = clone.programs / "python3"
    python.unlink()
    python.write_text(f'#!/bin/sh\nPYTHONHOME="{home}" exec "{BASE_PYTHON}" "$@"\n')
    python.chmod(0o755)

    line = clone.stopped_by("check")
    assert "lacks the module ensurepip" in line
    assert "apt install python3-venv" in line
    assert not clone.venv.exists()


def test_no_python_at_all_is_one_line(clone: Clone) -> None:
    clone.withdraw_all()
    assert "none of these runs: python3 python3.13" in clone.stopped_by("check")


def test_a_python_asked_for_that_does_not_exist_is_named(clone: Clone) -> None:
    assert "/no/such python." in clone.stopped_by("check", "PYTHON=/no/such python")


# --- What the surroundings do to it ------------------------------------------------------------


class index:  # noqa: N801 (used as a function)
    """A package index that takes a connection and never answers; pip waits until it is closed."""

    def __enter__(self) -> tuple[int, Callable[[], None]]:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.talk: list[socket.socket] = []
        return self.socket.getsockname()[1], lambda: self.talk.append(self.socket.accept()[0])

    def __exit__(self, *_: object) -> None:
        for end in (*self.talk, self.socket):
            end.close()


def test_without_network_it_says_so(behind: Clone) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # taken, and nobody listens
        line = behind.stopped_by("check", env=behind.index_at(closed.getsockname()[1]))
    assert "package index cannot be reached" in line
    log = Path(line.partition("Full output: ")[2])
    assert "pip" in log.read_text()


def test_a_package_with_another_hash_is_not_installed(behind: Clone) -> None:
    requirements = behind.path / "requirements.txt"
    requirements.write_text(re.sub(r"sha256:\w+", f"sha256:{'0' * 64}", requirements.read_text()))
    assert "its hash differs" in behind.stopped_by("check")
    assert not (behind.venv / "setup.done").exists()


def test_a_package_that_the_index_lacks_is_named(behind: Clone) -> None:
    requirements = behind.path / "requirements.txt"
    requirements.write_text(requirements.read_text().replace("flit-core==", "flit-core==99."))
    assert re.search(r"has nothing that fits .*flit-core==99\.", behind.stopped_by("check"))


@pytest.mark.parametrize(
    ("mount", "told"),
    [
        # While pip is being put into .venv.
        pytest.param("size=4m", "The disk is full", marks=pytest.mark.whole),
        ("size=1m,nr_inodes=30", "The disk is full"),  # while .venv is being made
        ("ro", "Cannot write"),
    ],
)
def test_a_disk_that_takes_no_more_is_named(small: Clone, mount: str, told: str) -> None:
    unshare = shutil.which("unshare")
    if not unshare:
        pytest.skip("mounting a small disk takes Linux's unshare")
    private = [unshare, "--user", "--map-root-user", "--mount", "/bin/sh", "-e", "-c"]
    mounts = 'PATH=/usr/sbin:/sbin:$PATH; mount -t tmpfs tmpfs "$PWD"'
    if subprocess.run([*private, mounts], cwd=small.path, check=False).returncode != 0:
        pytest.skip("this machine does not let a user mount a disk of their own")
    script = 'cd ..; tar cf clone.tar "$0"; mount -t tmpfs -o size=2m tmpfs "$0"; '
    script += (
        f'tar xf clone.tar; mount -o "remount,{mount}" "$0"; cd "$0"; PATH="$1" exec "$2" check'
    )
    env = small.env | {"PATH": os.defpath}
    done = small.start(*private, script, small.path.name, small.programs, MAKE, env=env)
    stderr = done.communicate()[1]
    assert done.returncode == 2, stderr
    assert STOPPED + told in stderr
    assert "Traceback" not in stderr


def test_a_folder_that_is_not_writable_is_named(clone: Clone) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    clone.path.chmod(0o555)
    try:
        line = clone.stopped_by("check")
    finally:
        clone.path.chmod(0o755)
    assert "Cannot write" in line
    assert str(clone.path) in line


# --- What is pinned ----------------------------------------------------------------------------

PIN = re.compile(r"([a-z0-9-]+)==([^ ]+)( ; [^/]*)? \\")
OTHER_LINE = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?|#.*|    #.*")


def pins(name: str) -> dict[str, str]:
    """Return package -> version, having seen that each line is a pin, a hash or a comment.

    So there is no index, no address and no path that pip would follow.
    """
    found = {}
    for line in (ROOT / name).read_text().splitlines():
        pin = PIN.fullmatch(line)
        if pin:
            found[pin[1]] = pin[2]
        else:
            assert OTHER_LINE.fullmatch(line), line
            assert "://" not in line
    return found


def test_every_requirement_is_pinned_by_hash_and_names_no_source() -> None:
    learner, developer = pins("requirements.txt"), pins("requirements-dev.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[ <>=~!]", each)[0].replace("_", "-") for each in requirements}

    assert names(project["dependencies"]) <= learner.keys()
    assert names(project["optional-dependencies"]["dev"]) <= developer.keys() - learner.keys()
    assert learner.items() <= developer.items()
    report = pins("requirements-report.txt")
    assert names(project["optional-dependencies"]["report"]) <= report.keys() - learner.keys()
    assert learner.items() <= report.items()
    # The developers' level installs both files at once.
    assert all(report[name] == developer[name] for name in report.keys() & developer.keys())
