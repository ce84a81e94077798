"""How a learner's file is read, and when it counts as not started."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from kata import submission
from kata.submission import SIZE_LIMIT, Source, Unreadable

STUBS = {
    "a function": "def f(): raise NotImplementedError",
    "with a docstring": "def f():\n    'Say.'\n    raise NotImplementedError",
    "with a message": "def f(): raise NotImplementedError('later')",
    "a class": "class C:\n    x: int\n    def f(self):\n        raise NotImplementedError",
    "imports and a docstring": "'Task.'\nimport math\ndef f(): raise NotImplementedError",
}


@pytest.mark.parametrize("source", STUBS.values(), ids=STUBS)
def test_a_stub_is_unfinished(source: str) -> None:
    assert submission.is_unfinished(ast.parse(source))


STARTED = {
    "one of two functions": "def f(): return 1\ndef g(): raise NotImplementedError",
    "work before the error": "def f(x):\n    x += 1\n    raise NotImplementedError",
    "another error": "def f(): raise ValueError",
    "a body that passes": "def f(): pass",
    "a bare raise": "def f(): raise",
    "nothing at all": "",
    "no function": "f = 3",
}


@pytest.mark.parametrize("source", STARTED.values(), ids=STARTED)
def test_what_has_been_worked_on_is_not_unfinished(source: str) -> None:
    assert not submission.is_unfinished(ast.parse(source))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"There is no echo\.py\."):
        submission.read(tmp_path / "echo.py")


def test_a_folder_is_no_submission(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="folder"):
        submission.read(tmp_path)


def test_a_device_is_no_submission(tmp_path: Path) -> None:
    link = tmp_path / "echo.py"
    link.symlink_to("/dev/zero")
    with pytest.raises(Unreadable, match="not a regular file"):
        submission.read(link)


def test_a_pipe_without_a_writer_does_not_hold_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "echo.py")
    with pytest.raises(Unreadable, match="not a regular file"):
        submission.read(tmp_path / "echo.py")


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "echo.py"
    path.write_bytes(b"#" * (SIZE_LIMIT + 1))
    with pytest.raises(Unreadable, match="larger than 1 MiB"):
        submission.read(path)


def test_equal_files_have_equal_digests(tmp_path: Path) -> None:
    path = tmp_path / "echo.py"
    path.write_bytes(b"x = 1\n")
    assert submission.read(path).digest == Source(Path("other.py"), b"x = 1\n").digest
    assert submission.read(path).digest != Source(Path("other.py"), b"x = 2\n").digest


def test_a_line_is_given_by_its_number() -> None:
    source = Source(Path("x.py"), b"\xef\xbb\xbfone\r\n    two\r\n")
    assert [source.line(number) for number in (0, 1, 2, 3)] == ["", "one", "two", ""]


def test_a_form_feed_ends_no_line() -> None:
    source = Source(Path("x.py"), "one\n\f\ntwo = '\u2028'\rthree".encode())
    assert [source.line(number) for number in (3, 4)] == ["two = '\u2028'", "three"]
