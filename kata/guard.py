"""Refuses what no submission has a reason to do; runs in the worker, imports nothing of kata.

CPython tells an audit hook of every file that is opened, process that is started, and so on. What
the hook refuses it writes down for the grader, and it ends the process: an exception could be
caught, and its traceback would lead to the hook's own frame. Only a library that tries something
out while it is being imported gets an exception, which it is prepared for.

The hook is made to be hard to get at for the code that it watches. It looks nothing up in a module
and calls no method of a value that may be the learner's. All that it decides by is immutable and
known to its closure alone. What Python raises no event for is replaced by functions that raise one.

This is one layer of several and no proof against malice: see docs/security.md.
"""

from __future__ import annotations

import os
import posix
import sys
import sysconfig
import zoneinfo
from _thread import get_ident
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NoReturn

REFUSED_STATUS = 77
"""The exit status of a worker that the hook has ended."""

NOTE = b"\nkata refuses, line "
"""What a note to the grader begins with; the number of the line, a colon and the text follow."""

TEXT_LIMIT = 300
"""Characters of a note."""

NAME = "kata.name"
"""The event for a forbidden name, raised by `policy` with the text to show."""

UNAUDITED = "kata.unaudited"
"""The event for a function that Python raises none for, with its name."""

NOT_A_FILE = "a submission may not change any file."
READS = "a submission may read only its exercise folder."

WRITES = {
    "os.chmod": "changed the mode of",
    "os.chown": "changed the owner of",
    "os.chflags": "changed the flags of",
    "os.link": "made a link to",
    "os.mkdir": "made the folder",
    "os.remove": "removed",
    "os.rename": "renamed",
    "os.rmdir": "removed the folder",
    "os.symlink": "made a link to",
    "os.truncate": "truncated",
    "os.utime": "changed the times of",
    "os.setxattr": "changed the attributes of",
    "os.removexattr": "changed the attributes of",
    "os.lockf": "locked",
    "tempfile.mkstemp": "made the file",
    "tempfile.mkdtemp": "made the folder",
    "sqlite3.connect": "opened the database",
}

LISTS = ("os.listdir", "os.scandir", "os.walk", "os.fwalk", "glob.glob")

PROCESSES = (
    "os.fork",
    "os.forkpty",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "subprocess.Popen",
    "pty.spawn",
)

NETWORK = (
    "socket.bind",
    "socket.connect",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.getnameinfo",
    "socket.sethostname",
    "syslog.openlog",
    "syslog.syslog",
)

# They show, change or slow down the program that runs the submission.
INSIDES = (
    "gc.get_objects",
    "gc.get_referrers",
    "gc.get_referents",
    "resource.setrlimit",
    "resource.prlimit",
    "sys.addaudithook",
    "sys.settrace",
    "sys.setprofile",
    "sys._current_frames",
    "sys._current_exceptions",
    "sys.monitoring.register_callback",
    "sys.remote_exec",
)

# Memory is no longer safe with them, nor is anything that is said here.
NATIVE = (
    "_ctypes",
    "_posixshmem",
    "_posixsubprocess",
    "_dbm",
    "_gdbm",
    "_interpreters",
    "_testcapi",
    "_testinternalcapi",
    "_testmultiphase",
    "_xxsubinterpreters",
    "ctypes",
    "kata",
    "readline",
)

SILENT = {
    "posix": (
        *("chroot", "mkfifo", "mknod", "nice", "pidfd_open", "setpgid", "setpriority", "setsid"),
        *("sched_setaffinity", "sched_setparam", "sched_setscheduler", "memfd_create"),
    ),
    "_signal": ("pidfd_send_signal", "raise_signal"),
    "_posixsubprocess": ("fork_exec",),
    "_posixshmem": ("shm_open", "shm_unlink"),
}
"""By module, what Python tells no audit hook of."""

COPIES = {"posix": "os", "_signal": "signal"}
"""Where the same functions can be had too."""

DEVICES = ("/dev/null", "/dev/urandom", "/dev/random")

# What libraries look at to find out about the machine.
MACHINE = ("/sys/devices/system/cpu", "/sys/fs/cgroup", "/usr/share/zoneinfo")
MACHINE_FILES = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/etc/localtime", "/etc/timezone")
OWN_PROCESS = ("cgroup", "cpuset", "maps", "mountinfo", "stat", "statm", "status")


def install(
    folder: str,
    file: str,
    modules: tuple[str, ...],
    uses: tuple[str, ...],
    notes: int,
    counters: tuple[CodeType, ...] = (),
) -> None:
    """Watch this process from now on, for good.

    `folder` may be read, and so may `file`, the submission itself. `modules` are the libraries
    that the task forbids. `uses` names what is allowed for once: "subprocess" and "socket" stand
    for other processes and the network, another name for a library that may use ctypes. `notes`
    is the descriptor to write refusals to. `counters` are the engine's own functions that trace the
    lines of a call.
    """
    _replace_the_silent(uses)
    sys.addaudithook(_hook(folder, file, modules, uses, notes, counters))


def _replace_the_silent(uses: tuple[str, ...]) -> None:
    for name, functions in SILENT.items():
        if name == "_posixsubprocess" and "subprocess" in uses:
            continue
        try:
            module = __import__(name)
        except ImportError:
            continue
        for function in functions:
            for home in (module, sys.modules.get(COPIES.get(name, ""))):
                if home is not None and hasattr(home, function):
                    setattr(home, function, _audited(f"{COPIES.get(name, name)}.{function}"))
    subprocess = sys.modules.get("subprocess")
    if hasattr(subprocess, "_fork_exec") and "subprocess" not in uses:
        vars(subprocess)["_fork_exec"] = _audited("subprocess")


def _audited(name: str, audit: Callable[..., None] = sys.audit) -> Callable[..., NoReturn]:
    def refused(*_args: object, **_kwargs: object) -> NoReturn:
        audit(UNAUDITED, name)
        raise PermissionError(f"{name} is not allowed here")

    return refused


def _folders_of_python() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    found = {paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    library = f"python{sys.version_info.major}{sys.version_info.minor}.zip"
    found |= {str(Path(paths["stdlib"]).parent / library), *zoneinfo.TZPATH, *MACHINE}
    return tuple(sorted({os.path.realpath(entry) for entry in found} | found))


FOLDERS = _folders_of_python()
"""Found out when the fork server starts, since that takes longer than to start a worker."""


def _hook(
    folder: str,
    file: str,
    modules: tuple[str, ...],
    uses: tuple[str, ...],
    notes: int,
    counters: tuple[CodeType, ...],
) -> Callable[[str, tuple[Any, ...]], None]:
    """The hook, and all that it needs as variables of its closure."""
    # Copies: names of this module and of builtins can be set anew by the code that is watched.
    kind, derived, text, octets, number, length = type, issubclass, str, bytes, int, len
    permission, forbidden_error, trouble = PermissionError, ImportError, BaseException
    as_text, as_bytes, decode = str.__str__, bytes.__getitem__, bytes.decode
    split, join, starts, ends, strip = str.split, str.join, str.startswith, str.endswith, str.strip
    encode, replaced = str.encode, str.replace
    link_at, here, own_id, status, is_folder = (
        *(posix.readlink, posix.getcwd, posix.getpid, posix.stat, 0o040000),
    )
    write, leave, frame_at, thread = posix.write, posix._exit, sys._getframe, get_ident
    enter, left, within = set.add, set.discard, set.__contains__
    not_linked = OSError

    folder = os.path.realpath(folder)
    # The engine's own files as well: a printed stack quotes their lines.
    may_read = (folder, os.path.realpath(Path(__file__).parent))
    files = (*MACHINE_FILES, *DEVICES, file, os.path.realpath(file))
    python = FOLDERS
    sites = tuple(entry for entry in python if "-packages" in entry)
    parts = tuple(module.replace(".", "/") for module in modules)
    hidden = tuple(
        (f"{site}/{part}", module)
        for site in sites
        for part, module in zip(parts, modules, strict=True)
    )
    helpers = tuple(
        f"{site}/{name}{end}" for site in sites for name in _helpers(uses) for end in ("/", ".")
    )
    written, listed, started = frozenset(WRITES), frozenset(LISTS), frozenset(PROCESSES)
    networked, native, insides = frozenset(NETWORK), NATIVE, frozenset(INSIDES)
    may_start, may_connect = "subprocess" in uses, "socket" in uses
    phrases = tuple(WRITES.items())
    note, limit, refused_status = NOTE, TEXT_LIMIT, REFUSED_STATUS
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    machinery = ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>")
    looks = ("importlib/__init__.py", "inspect.py", "kata/policy.py", "kata/guard.py")
    own_process, name_event, unaudited = OWN_PROCESS, NAME, UNAUDITED
    reads, changes = READS, NOT_A_FILE
    kill_signal, local = 9, 1
    busy: set[int] = set()

    def refuse(message: str, soft: bool) -> None:
        """End the process with a note; where that is `soft`, raise what libraries expect."""
        frame: FrameType | None = frame_at(0)
        line, importing = 0, False
        while frame is not None:
            name = frame.f_code.co_filename
            if name == file:
                line = frame.f_lineno
                break
            importing = importing or name in machinery
            frame = frame.f_back
        if soft and importing:
            raise permission(message)
        said = replaced(message, "\n", " ")[:limit]
        try:
            write(notes, note + encode(f"{line}: {said}\n", "utf-8", "backslashreplace"))
        finally:
            leave(refused_status)

    def nearest(frame: FrameType | None) -> str:
        """The file of the code that asked, past the machinery of imports and introspection."""
        while frame is not None:
            name = frame.f_code.co_filename
            if name not in machinery and not ends(name, looks):
                return name
            frame = frame.f_back
        return ""

    def plain(path: Any) -> str:
        """The path as text of no subclass; empty for what is none."""
        if derived(kind(path), text):
            return as_text(path)
        if derived(kind(path), octets):
            return decode(as_bytes(path, slice_all), "utf-8", "surrogateescape")
        return ""

    slice_all = slice(None)

    def resolved(path: str) -> str:
        """The path with all links followed, by calls that cannot be set anew."""
        left_over, done, links = split(path, "/"), "" if starts(path, "/") else here(), 0
        while left_over:
            part, left_over = left_over[0], left_over[1:]
            if part in ("", "."):
                continue
            if part == "..":
                done = join("/", split(done, "/")[:-1])
                continue
            try:
                target = link_at(f"{done}/{part}")
            except not_linked:
                done = f"{done}/{part}"
                continue
            links += 1
            if links > 40:
                return ""
            done = "" if starts(target, "/") else done
            left_over = split(target, "/") + left_over
        return done or "/"

    def located(path: str) -> str:
        """The path itself where it plainly is in Python's folders, in which nobody makes links."""
        return path if "/.." not in path and inside(path, python) else resolved(path)

    def inside(path: str, folders: tuple[str, ...]) -> bool:
        for entry in folders:  # noqa: SIM110 `any` may be another by then
            if path == entry or starts(path, entry + "/"):
                return True
        return False

    def readable(path: str) -> bool:
        if inside(path, may_read) or inside(path, python) or path in files:
            return True
        own = f"/proc/{own_id()}/"
        return starts(path, own) and path[length(own) :] in own_process

    def check_library(path: str, frame: FrameType) -> None:
        for place, module in hidden:
            if starts(path, (place + "/", place + ".")):
                shun(module, frame)

    def shun(module: str, frame: FrameType) -> None:
        message = f"{module} is not allowed here: the task is to write it yourself."
        if nearest(frame) == file:
            refuse(message, soft=False)
        raise forbidden_error(message)

    def check_open(args: tuple[Any, ...], frame: FrameType) -> None:
        path, mode, flags = args
        if derived(kind(path), number):
            return  # open already
        said = plain(path)
        where = located(said) if said else ""
        if not where:
            refuse(f"Your code opened something that is no path: {reads}", soft=False)
        if where == "/dev/null":
            return
        if kind(flags) is number and flags & writing:
            refuse(f"Your code opened {said} for writing: {changes}", soft=True)
        if derived(kind(mode), text) and strip(as_text(mode), "rbtU"):
            refuse(f"Your code opened {said} for writing: {changes}", soft=True)
        if not readable(where):
            refuse(f"Your code opened {said}: {reads}", soft=True)
        if mode is None:
            try:
                folder_itself = status(where).st_mode & 0o170000 == is_folder
            except not_linked:
                folder_itself = False
            # With its descriptor, relative paths would lead elsewhere than the event says.
            if folder_itself:
                refuse(f"Your code opened the folder {said}: list it by its name.", soft=True)
        check_library(where, frame)

    def check_list(args: tuple[Any, ...]) -> None:
        path = args[0]
        said = "." if path is None else plain(path)
        if not said or not readable(located(said)):
            refuse(f"Your code listed {said or 'a folder'}: {reads}", soft=True)

    def check_import(args: tuple[Any, ...], frame: FrameType) -> None:
        name, path = plain(args[0]), args[1]
        for module in modules:
            if name == module or starts(name, module + "."):
                shun(module, frame)
        if derived(kind(path), text):
            where = resolved(as_text(path))
            if not readable(where):
                refuse(f"Your code imported {where}: {reads}", soft=False)
            check_library(where, frame)
        if split(name, ".")[0] in native and nearest(frame) == file:
            refuse(f"{name} is not allowed here: a submission is to be plain Python.", soft=False)

    def check_kill(event: str, args: tuple[Any, ...]) -> None:
        to, what = args
        if kind(to) is not number or kind(what) is not number:
            refuse(f"Your code called {event} with what it does not take.", soft=False)
        if event == "os.killpg" or (event == "os.kill" and to != own_id()):
            refuse(f"Your code sent a signal to another process ({event}).", soft=False)
        if what == kill_signal:
            refuse("Your code killed its own process: return the answer instead.", soft=False)

    def check(event: str, args: tuple[Any, ...], frame: FrameType) -> None:
        if event == "open":
            check_open(args, frame)
        elif event == "import":
            check_import(args, frame)
        elif event in listed:
            check_list(args)
        elif event in written:
            for name, phrase in phrases:
                if name == event:
                    refuse(f"Your code {phrase} {plain(args[0]) or 'a file'}: {changes}", soft=True)
        elif event == "os.chdir":
            said = plain(args[0])
            if not said or resolved(said) != folder:
                refuse(f"Your code changed into {said or 'a folder'}: {reads}", soft=False)
        elif event in started:
            if not may_start:
                refuse(
                    f"Your code started another process ({event}): "
                    "a submission computes its answer in its own.",
                    soft=True,
                )
        elif event in networked:
            if not may_connect and not (event == "socket.sendmsg" and args[1] is None):
                refuse(f"Your code used the network ({event}).", soft=True)
        elif event == "socket.__new__":
            # Pairs of local sockets are how asyncio wakes itself up.
            if (kind(args[1]) is not number or args[1] != local) and not may_connect:
                refuse("Your code used the network (socket).", soft=True)
        elif event in ("os.kill", "os.killpg", "signal.pthread_kill"):
            check_kill(event, args)
        elif event in insides:
            # By identity: a file name can be made up, and equality could be somebody else's.
            for own in counters:
                if frame.f_code is own:
                    return
            refuse(f"Your code called {event}: it shows or changes what runs it.", soft=True)
        elif event == "sys._getframe":
            # inspect looks for those who ask it; the rest of the library for itself.
            name = frame.f_code.co_filename
            if name == file or (ends(name, "/inspect.py") and nearest(frame) == file):
                refuse("Your code looked at the frames of what runs it.", soft=False)
        elif event == "object.__getattr__":
            if frame.f_code.co_filename == file:
                refuse("Your code looked at the frames of what runs it.", soft=False)
        elif event == name_event:
            refuse(plain(args[0]), soft=False)
        elif event == unaudited:
            refuse(f"Your code called {plain(args[0])}, which is not allowed here.", soft=True)
        elif starts(event, "ctypes.") and not starts(nearest_library(frame), helpers):
            refuse("ctypes is not allowed here: a submission is to be plain Python.", soft=True)

    def nearest_library(frame: FrameType | None) -> str:
        while frame is not None and "/ctypes/" in frame.f_code.co_filename:
            frame = frame.f_back
        return "" if frame is None else frame.f_code.co_filename

    watched = frozenset(
        {
            *("open", "import", "os.chdir", "socket.__new__", "sys._getframe", name_event),
            *("os.kill", "os.killpg", "signal.pthread_kill", "object.__getattr__", unaudited),
            *(*written, *listed, *started, *networked, *insides),
        }
    )

    looking = frozenset({"sys._getframe", "object.__getattr__"})

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "object.__getattr__":
            if kind(args[1]) is not text or args[1] != "tb_frame":
                return  # the most frequent event of all
        elif event not in watched and not starts(event, "ctypes."):
            return
        me = thread()
        if event in looking and within(busy, me):
            return  # it is this hook's own; other events may be those of a finalizer, run meanwhile
        enter(busy, me)
        try:
            check(event, args, frame_at(1))
        except (permission, forbidden_error):
            raise
        except trouble:
            # A value made to fail here has no good reason to be there.
            refuse(f"Your code called {event} with what it does not take.", soft=False)
        finally:
            left(busy, me)

    return hook


def _helpers(uses: tuple[str, ...]) -> tuple[str, ...]:
    """The packages whose calls of ctypes are theirs: threadpoolctl counts a library's threads."""
    tops = {name.partition(".")[0] for name in uses}
    return tuple(sorted(tops | {"joblib", "threadpoolctl"})) if tops else ()
