"""`kata update` between real git repositories: nothing is lost, and no conflict arises."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from workbench import kata

from kata import repository as repositories
from kata import update as module
from kata.update import Update, update

STUB = "exercises/echo/echo.py"
RIGHT = "def echo(value):\n    return value\n"
MINE = "def echo(value):\n    return mine\n"


@dataclass(frozen=True, slots=True)
class Fork:
    """Three repositories: the project's, the learner's fork of it, and their clone of that."""

    project: Path
    clone: Path

    def git(self, *arguments: str, cwd: Path | None = None, given: str | None = None) -> str:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        done = subprocess.run(
            ["git", *identity, *arguments],
            cwd=cwd or self.clone,
            check=True,
            capture_output=True,
            text=True,
            input=given,
        )
        return done.stdout

    def upstream(self, **files: str | None) -> str:
        """Commit these texts in the project, by path; None removes a file."""
        for path, text in files.items():
            place = self.project / path
            if text is None:
                place.unlink()
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text)
        self.git("add", "--all", cwd=self.project)
        self.git("commit", "--quiet", "-m", "upstream goes on", cwd=self.project)
        return self.git("rev-parse", "HEAD", cwd=self.project).strip()

    def write(self, path: str, text: str) -> None:
        (self.clone / path).parent.mkdir(parents=True, exist_ok=True)
        (self.clone / path).write_text(text)

    def read(self, path: str) -> str:
        return (self.clone / path).read_text()

    def commit(self, message: str = "my work") -> str:
        self.git("commit", "--quiet", "--all", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def status(self) -> list[str]:
        return self.git("status", "--porcelain", "--untracked-files=all").splitlines()

    def state(self) -> tuple[str, list[str], dict[str, bytes]]:
        """All that an update could change."""
        files = {
            str(path): path.read_bytes()
            for path in self.clone.rglob("*")
            if path.is_file() and ".git" not in path.parts
        }
        return self.git("rev-parse", "HEAD"), self.status(), files


@pytest.fixture
def fork(repository: Path, tmp_path: Path) -> Fork:
    """A learner's clone with the solutions hidden; its `upstream` is the project."""
    solutions = repository / "solutions/echo"
    solutions.mkdir(parents=True)
    (solutions / "reference.py").write_text(RIGHT)
    (repository / ".gitignore").write_text(".kata/\n__pycache__/\n")
    (repository / "README.md").write_text("# The katas\n")
    fork = Fork(repository, tmp_path / "clone")
    fork.git("init", "--quiet", "--initial-branch=main", cwd=repository)
    fork.git("add", ".", cwd=repository)
    fork.git("commit", "--quiet", "-m", "the katas", cwd=repository)
    fork.git("clone", "--quiet", "--bare", str(repository), "fork.git", cwd=tmp_path)
    fork.git("clone", "--quiet", "fork.git", "clone", cwd=tmp_path)
    fork.git("remote", "add", "upstream", str(repository))
    repositories.hide_solutions(fork.clone)
    return fork


def newer_stub(fork: Fork) -> str:
    return (fork.project / STUB).read_text().replace('"""', '"""Better worded. ', 1)


def with_a_new_kata(fork: Fork, **more: str | None) -> str:
    facts = (fork.project / "exercises/echo/kata.toml").read_text()
    files: dict[str, str | None] = {
        "exercises/fresh/kata.toml": facts,
        "exercises/fresh/fresh.py": "def fresh():\n    raise NotImplementedError\n",
        "graders/test_fresh.py": "# properties\n",
        "solutions/fresh/reference.py": "def fresh():\n    return 1\n",
        STUB: newer_stub(fork),
        "README.md": "# The katas, and a fresh one\n",
    }
    return fork.upstream(**{**files, **more})


def test_new_katas_come_and_hidden_solutions_stay_hidden(fork: Fork) -> None:
    newest = with_a_new_kata(fork)
    done = update(fork.clone)
    assert done.katas == ("fresh",)
    assert done.kept == ()
    assert (done.remote, done.commit) == ("upstream", newest)
    assert fork.git("rev-parse", "HEAD").strip() == newest  # nothing of one's own: no merge either
    assert fork.read("exercises/fresh/fresh.py").startswith("def fresh")
    assert fork.read(STUB) == newer_stub_of(fork)
    assert not (fork.clone / "solutions").exists()
    assert fork.status() == []


def newer_stub_of(fork: Fork) -> str:
    return (fork.project / STUB).read_text()


def committed(fork: Fork) -> list[str]:
    fork.write(STUB, MINE)
    fork.commit()
    return []


def unstaged(fork: Fork) -> list[str]:
    fork.write(STUB, MINE)
    return [f" M {STUB}"]


def staged(fork: Fork) -> list[str]:
    fork.write(STUB, MINE)
    fork.git("add", STUB)
    return [f"M  {STUB}"]


def staged_and_edited_since(fork: Fork) -> list[str]:
    fork.write(STUB, "staged = True\n")
    fork.git("add", STUB)
    fork.write(STUB, MINE)
    return [f"MM {STUB}"]


def committed_and_edited_since(fork: Fork) -> list[str]:
    fork.write(STUB, "committed = True\n")
    fork.commit()
    fork.write(STUB, MINE)
    return [f" M {STUB}"]


WORK = [committed, unstaged, staged, staged_and_edited_since, committed_and_edited_since]


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__)
def test_the_learners_answer_stays_where_upstream_has_changed_the_stub(
    fork: Fork, work: Callable[[Fork], list[str]]
) -> None:
    expected = work(fork)
    index = fork.git("ls-files", "--stage", "--", STUB)
    newest = with_a_new_kata(fork)
    done = update(fork.clone)
    assert fork.read(STUB) == MINE
    assert fork.status() == expected
    assert done.kept == (STUB,)
    if "staged" in work.__name__ and work is not unstaged:
        assert fork.git("ls-files", "--stage", "--", STUB) == index
    assert fork.read("README.md") == "# The katas, and a fresh one\n"
    assert fork.git("merge-base", "HEAD", newest).strip() == newest
    assert not (fork.clone / "solutions").exists()
    assert update(fork.clone) == Update("upstream", newest)
    # The newer stub is in reach, and what was there with it.
    assert kata("reset", "echo", cwd=fork.clone).returncode == 0
    assert fork.read(STUB) == newer_stub_of(fork)


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__)
def test_every_further_update_keeps_it_as_well(
    fork: Fork, work: Callable[[Fork], list[str]]
) -> None:
    work(fork)
    for number in range(3):
        fork.upstream(**{STUB: newer_stub(fork), "README.md": f"# Number {number}\n"})
        update(fork.clone)
        assert fork.read(STUB) == MINE
        assert fork.read("README.md") == f"# Number {number}\n"


def test_learners_who_never_touched_the_stub_get_the_new_one_into_their_history(fork: Fork) -> None:
    fork.write("notes.md", "mine\n")
    fork.git("add", "notes.md")
    mine = fork.commit()
    newest = with_a_new_kata(fork)
    update(fork.clone)
    assert fork.read(STUB) == newer_stub_of(fork)
    assert fork.read("notes.md") == "mine\n"
    assert fork.git("rev-parse", "HEAD^1", "HEAD^2").split() == [mine, newest]
    assert fork.status() == []


def test_a_file_that_only_the_learner_has_and_one_in_the_way_both_stay(fork: Fork) -> None:
    fork.write("scratch.py", "mine\n")
    fork.write("exercises/fresh/fresh.py", "mine = 'in the way'\n")
    with_a_new_kata(fork)
    done = update(fork.clone)
    assert done.kept == ("exercises/fresh/fresh.py",)
    assert fork.read("exercises/fresh/fresh.py") == "mine = 'in the way'\n"
    assert fork.read("scratch.py") == "mine\n"
    assert fork.status() == [" M exercises/fresh/fresh.py", "?? scratch.py"]


def test_an_ignored_file_in_the_way_stays(fork: Fork) -> None:
    fork.write(".kata/journal", "all my work")
    fork.upstream(**{".kata/journal": "theirs"} | {".gitignore": "__pycache__/\n"})
    fork.git("add", "--force", ".kata/journal", cwd=fork.project)
    fork.upstream(**{".kata/more": "theirs"})
    update(fork.clone)
    assert fork.read(".kata/journal") == "all my work"


def test_a_file_where_upstream_has_a_folder_stays(fork: Fork) -> None:
    fork.write("exercises/fresh", "a file of mine\n")
    with_a_new_kata(fork)
    update(fork.clone)
    assert fork.read("exercises/fresh") == "a file of mine\n"
    assert fork.read("graders/test_fresh.py") == "# properties\n"


def test_a_committed_file_where_upstream_has_a_folder_stays(fork: Fork) -> None:
    fork.write("exercises/fresh", "a file of mine\n")
    fork.git("add", "exercises/fresh")
    fork.commit()
    with_a_new_kata(fork)
    update(fork.clone)
    assert fork.read("exercises/fresh") == "a file of mine\n"
    assert fork.status() == []


def test_a_kata_that_upstream_gives_up_stays_where_it_was_worked_on(fork: Fork) -> None:
    fork.write(STUB, MINE)
    fork.upstream(**{STUB: None})
    done = kata("update", cwd=fork.clone)
    assert fork.read(STUB) == MINE
    assert f"Yours is kept: {STUB}\n  Upstream has removed it.\n" in done.stdout
    assert "make reset" not in done.stdout


def test_other_files_that_both_have_changed_stay_the_learners_and_are_named(fork: Fork) -> None:
    fork.write("graders/test_echo.py", "# mine\n")
    fork.commit()
    newest = fork.upstream(**{"graders/test_echo.py": "# theirs\n"})
    done = kata("update", cwd=fork.clone)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Yours is kept: graders/test_echo.py" in done.stdout
    assert f"git checkout {newest[:10]} -- graders/test_echo.py" in done.stdout
    assert fork.read("graders/test_echo.py") == "# mine\n"
    fork.git("checkout", newest[:10], "--", "graders/test_echo.py")
    assert fork.read("graders/test_echo.py") == "# theirs\n"


def test_a_deletion_of_the_learners_stays_one(fork: Fork) -> None:
    (fork.clone / "README.md").unlink()
    fork.commit()
    with_a_new_kata(fork)
    update(fork.clone)
    assert not (fork.clone / "README.md").exists()


def test_names_with_spaces_quotes_and_other_letters_are_no_trouble(fork: Fork) -> None:
    name = 'exercises/a "naïve" name\twith\nall.py'
    fork.upstream(**{name: "theirs\n", "exercises/é.py": "1\n"})
    update(fork.clone)
    assert fork.read(name) == "theirs\n"
    fork.write(name, "mine\n")
    fork.upstream(**{name: "theirs again\n"})
    assert update(fork.clone).kept == (name,)
    assert fork.read(name) == "mine\n"


def test_a_clone_without_a_name_for_commits_can_be_updated(
    fork: Fork, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    committed(fork)
    with_a_new_kata(fork)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(tmp_path / "none"))
    fork.git("config", "user.useConfigOnly", "true")
    update(fork.clone)
    assert fork.git("log", "-1", "--format=%an").strip() == "kata update"


def test_a_repository_made_from_a_template_finds_the_commit_it_was_made_from(fork: Fork) -> None:
    shutil.rmtree(fork.clone / ".git")
    (fork.clone / "solutions/echo").mkdir(parents=True)
    fork.write("solutions/echo/reference.py", RIGHT)
    fork.git("init", "--quiet", "--initial-branch=main")
    fork.git("add", ".")
    fork.commit("from the template")
    fork.git("remote", "add", "upstream", str(fork.project))
    committed(fork)
    with_a_new_kata(fork)
    assert update(fork.clone).katas == ("fresh",)
    assert fork.read(STUB) == MINE
    assert fork.read("README.md") == "# The katas, and a fresh one\n"


def test_origin_will_do_where_there_is_no_upstream(fork: Fork) -> None:
    fork.git("remote", "remove", "upstream")
    fork.git("remote", "set-url", "origin", str(fork.project))
    newest = with_a_new_kata(fork)
    done = kata("update", cwd=fork.clone)
    assert f"origin is at {newest[:10]}" in done.stdout
    assert "New katas: fresh." in done.stdout
    assert kata("update", cwd=fork.clone).stdout.startswith("Nothing new: you have all that origin")


def without_a_remote(fork: Fork) -> str:
    fork.git("remote", "remove", "upstream")
    fork.git("remote", "remove", "origin")
    return "git remote add upstream URL"


def without_a_network(fork: Fork) -> str:
    fork.project.rename(fork.project.with_name("away"))
    return "(git fetch: '"  # the cause, and not the advice below it


def on_no_branch(fork: Fork) -> str:
    fork.git("checkout", "--quiet", "--detach")
    return "git switch main"


def in_a_merge(fork: Fork) -> str:
    fork.git("branch", "other")
    fork.write(STUB, "a\n")
    fork.commit()
    fork.git("checkout", "--quiet", "other")
    fork.write(STUB, "b\n")
    fork.commit()
    subprocess.run(["git", "merge", "main"], cwd=fork.clone, check=False, capture_output=True)
    return "A merge is under way"


def in_a_rebase(fork: Fork) -> str:
    in_a_merge(fork)
    fork.git("merge", "--abort")
    subprocess.run(["git", "rebase", "main"], cwd=fork.clone, check=False, capture_output=True)
    return "A rebase is under way"


def without_a_common_history(fork: Fork) -> str:
    fork.git("checkout", "--quiet", "--orphan", "squashed")
    fork.write("README.md", "# Changed before the first commit\n")
    fork.commit()
    return "share no history"


def while_git_is_at_work(fork: Fork) -> str:
    (fork.clone / ".git/index.lock").touch()
    return "git "


@pytest.mark.parametrize(
    "trouble",
    [
        without_a_remote,
        without_a_network,
        on_no_branch,
        in_a_merge,
        in_a_rebase,
        without_a_common_history,
        while_git_is_at_work,
    ],
    ids=lambda trouble: trouble.__name__,
)
def test_trouble_is_one_line_that_says_what_to_do_and_changes_nothing(
    fork: Fork, trouble: Callable[[Fork], str]
) -> None:
    with_a_new_kata(fork)
    message = trouble(fork)
    before = fork.state()
    done = kata("update", cwd=fork.clone)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert fork.state() == before


def test_outside_of_a_clone_it_says_so(repository: Path) -> None:
    done = kata("update", cwd=repository)
    assert done.returncode == 2
    assert "is no git clone" in done.stderr


def test_an_update_killed_before_its_end_is_finished_by_the_next(
    fork: Fork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The working tree has been brought up to date, and the branch has not."""
    unstaged(fork)
    newest = with_a_new_kata(fork)

    class Killed(BaseException):
        pass

    def git(root: Path, *arguments: str, **more: object) -> bytes:
        if arguments[0] == "update-ref":
            raise Killed
        return repositories.git(root, *arguments, **more)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(module, "git", git)
    with pytest.raises(Killed):
        update(fork.clone)
    monkeypatch.undo()
    update(fork.clone)
    assert fork.git("rev-parse", "HEAD").strip() == newest
    assert fork.status() == [f" M {STUB}"]
    assert fork.read(STUB) == MINE
