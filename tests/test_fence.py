"""What each layer of the operating system's fencing stops, each alone and all together."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from workbench import ROOT, SOLUTIONS, Kept, has_ended, kata

from kata import bubblewrap, landlock, seccomp
from kata.catalog import Kata
from kata.errors import SetupError
from kata.fence import CPU_SECONDS, Level, strongest
from kata.proxy import Bench, Search, Submission, set_up
from kata.rejection import TimeUp
from kata.sandbox import ENVIRONMENT, Sandbox, lack

needs_landlock = pytest.mark.skipif(not landlock.version(), reason="the kernel has no Landlock")
needs_seccomp = pytest.mark.skipif(not seccomp.available(), reason="the kernel takes no filters")
needs_bubblewrap = pytest.mark.skipif(
    bool(lack(Level.BUBBLEWRAP)), reason=f"Bubblewrap: {lack(Level.BUBBLEWRAP)}"
)
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has these calls")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to give up")

LEVELS = [level for level in Level if not lack(level)]

SOLUTION = str(SOLUTIONS / "kmeans/reference.py")

ATTEMPT = """
try:
    print("done", eval(sys.argv[-1]))
except OSError as error:
    print(errno.errorcode[error.errno])
"""

# Without the change of user, so that what is refused is refused by the one layer. Root keeps all
# its rights here.
ALONE = """
import ctypes, errno, os, resource, signal, socket, sys, threading
sys.path.insert(0, sys.argv[1])
from kata.fence import Fence, Level
from kata.privilege import Change
fence = Fence(Level[sys.argv[3]], sys.argv[1])
fence._change = Change(False, False, False)
if sys.argv[3] == "LANDLOCK":
    fence._filter = b""
parent = os.getpid()
child = os.fork()
if child:
    _, status = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(status))
fence.close(sys.argv[2], 1 << 30, 1 << 20, parent)
"""

IMPORTS = "import errno, os, sys\n"


def alone(level: Level, folder: Path, attempt: str, before: str = "") -> str:
    """What comes of an expression in a process behind that one layer: "done", or the error."""
    program = before + ALONE + ATTEMPT
    command = [sys.executable, "-c", program, str(ROOT), str(folder), level.name, attempt]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()[0]


@needs_landlock
def test_a_library_that_is_a_link_can_be_read_and_what_lies_beside_it_cannot(
    tmp_path: Path,
) -> None:
    """As uv installs them where it is told to."""
    library, folder = tmp_path / "store" / "library", tmp_path / "folder"
    library.mkdir(parents=True)
    (library / "__init__.py").touch()
    (library.parent / "other").touch()
    folder.mkdir()
    site = tmp_path / "site-packages"
    site.mkdir()
    (site / "library").symlink_to(library)
    lent = f"import sys; sys.path.append({str(site)!r})\n"

    def opened(path: Path) -> str:
        return alone(Level.LANDLOCK, folder, OPEN.format(str(path)), before=lent)

    assert opened(site / "library" / "__init__.py") == "done"
    assert opened(library.parent / "other") == "EACCES"


def in_a_world_of_its_own(folder: Path, attempt: str) -> str:
    """The same in Bubblewrap's world, and behind nothing else."""
    command = [
        *bubblewrap.command(ROOT, [folder]),
        sys.executable,
        "-c",
        IMPORTS + ATTEMPT,
        attempt,
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, env=ENVIRONMENT, cwd="/", check=True
    )
    return done.stdout.split()[0]


OPEN = "os.open({!r}, os.O_RDONLY)"

FILES = {
    "a solution": (OPEN.format(SOLUTION), "EACCES"),
    "the list of the solutions": (f"os.listdir({str(SOLUTIONS)!r})", "EACCES"),
    "a grader": (OPEN.format(str(ROOT / "graders/test_kmeans.py")), "EACCES"),
    "the repository's history": (f"os.listdir({str(ROOT)!r})", "EACCES"),
    "the system's secrets": (OPEN.format("/etc/shadow"), "EACCES"),
    "a home": ("os.listdir('/root')", "EACCES"),
    "another process": (f"os.open('/proc/{os.getpid()}/status', os.O_RDONLY)", "EACCES"),
    "its parent's memory": ("os.open(f'/proc/{os.getppid()}/mem', os.O_RDONLY)", "EACCES"),
    "a new file in its folder": ("os.open('new', os.O_WRONLY | os.O_CREAT)", "EACCES"),
    "its own file for writing": ("os.open('echo.py', os.O_WRONLY)", "EACCES"),
    "emptying its own file": ("os.truncate('echo.py', 0)", "EACCES"),
    "removing its own file": ("os.unlink('echo.py')", "EACCES"),
    "a temporary file": ("os.open('/tmp/kata-no-such-file', os.O_WRONLY | os.O_CREAT)", "EACCES"),
    "a new folder": ("os.mkdir('new')", "EACCES"),
    "a link to a solution": (f"os.link({SOLUTION!r}, 'link')", "EACCES"),
    "a program": ("os.execv('/bin/true', ['true'])", "EACCES"),
}


@needs_landlock
@pytest.mark.parametrize(("attempt", "answer"), FILES.values(), ids=FILES)
def test_landlock_alone_refuses(tmp_path: Path, attempt: str, answer: str) -> None:
    (tmp_path / "echo.py").write_text("def echo(value): return value\n")
    if "truncate" in attempt and landlock.version() < 3:
        pytest.skip("Landlock knows of truncating from version 3 on")
    said = alone(Level.LANDLOCK, tmp_path, attempt)
    # Landlock refuses links between folders as if they lay on other disks, the kernel without it
    # those to others' files.
    assert said == answer or ("os.link" in attempt and said in ("EXDEV", "EPERM"))
    assert (tmp_path / "echo.py").read_text()
    assert not (tmp_path / "new").exists()


READABLE = {
    "its own file": "os.open('echo.py', os.O_RDONLY)",
    "its folder": "os.listdir('.')",
    "the standard library": "__import__('wave')",
    "what /proc says of it": "open('/proc/self/status').read()",
    "what /proc says of its threads": "os.listdir('/proc/self/task')",
    "time zones": "__import__('zoneinfo').ZoneInfo('Europe/Paris')",
    "random bytes": "os.open('/dev/urandom', os.O_RDONLY)",
    "the sink": "os.open('/dev/null', os.O_WRONLY)",
}


@needs_landlock
@pytest.mark.parametrize("attempt", READABLE.values(), ids=READABLE)
def test_landlock_leaves(tmp_path: Path, attempt: str) -> None:
    (tmp_path / "echo.py").write_text("def echo(value): return value\n")
    if "zoneinfo" in attempt and not Path("/usr/share/zoneinfo/Europe/Paris").exists():
        pytest.skip("the system has no time zones")
    assert alone(Level.LANDLOCK, tmp_path, attempt) == "done"


CONNECT = "socket.create_connection(('127.0.0.1', 9), 5)"


@pytest.mark.skipif(landlock.version() < 4, reason="Landlock knows of TCP from version 4 on")
def test_landlock_alone_refuses_tcp(tmp_path: Path) -> None:
    assert alone(Level.LANDLOCK, tmp_path, CONNECT) == "EACCES"
    assert alone(Level.NONE, tmp_path, CONNECT) == "ECONNREFUSED"


@pytest.mark.skipif(landlock.version() < 6, reason="Landlock knows of signals from version 6 on")
def test_landlock_alone_refuses_signals_to_others(tmp_path: Path) -> None:
    attempt = "os.kill(os.getppid(), 0)"
    assert alone(Level.LANDLOCK, tmp_path, attempt) == "EPERM"
    assert alone(Level.NONE, tmp_path, attempt) == "done"


@pytest.mark.skipif(landlock.version() < 6, reason="Landlock knows of those from version 6 on")
def test_landlock_alone_refuses_abstract_sockets_of_others(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        name = f"\0kata-{os.getpid()}"
        listening.bind(name)
        listening.listen()
        attempt = f"socket.socket(socket.AF_UNIX).connect({name!r})"
        assert alone(Level.LANDLOCK, tmp_path, attempt.replace("\0", "\\0")) == "EPERM"


CALLS = {
    "a socket": "socket.socket()",
    "a local socket": "socket.socket(socket.AF_UNIX)",
    "a pair of sockets for datagrams": "socket.socketpair(type=socket.SOCK_DGRAM)",
    "a fork": "os.fork() or os._exit(0)",
    "another program": "os.execv('/bin/true', ['true'])",
    "a process by posix_spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "a process by vfork": "__import__('subprocess').run(['true'])",
    "a signal to its parent": "os.kill(os.getppid(), 0)",
    "a signal to its group": "os.killpg(0, 0)",
    "a handle of its parent": "os.pidfd_open(os.getppid())",
    "limits of its parent": "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
    "its parent's turn": "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "its parent's processors": "os.sched_setaffinity(os.getppid(), {0})",
    "signals by way of a pipe": "__import__('fcntl').fcntl(os.pipe()[0], 8, os.getppid())",
    "another signal by way of a pipe": "__import__('fcntl').fcntl(os.pipe()[0], 10, 9)",
    "other rights on its own file": "os.chmod('.', 0o777)",
    "another time on its own file": "os.utime('.', (0, 0))",
    "memory without a limit": "os.memfd_create('m')",
}
if hasattr(os, "unshare"):  # from Python 3.12 on
    CALLS["a namespace"] = "os.unshare(os.CLONE_NEWUSER)"


@needs_seccomp
@pytest.mark.parametrize("attempt", CALLS.values(), ids=CALLS)
def test_seccomp_alone_refuses(tmp_path: Path, attempt: str) -> None:
    assert alone(Level.SECCOMP, tmp_path, attempt) == "EPERM"


# By number, for what Python has no function for.
RAW = {
    "tracing": ("ptrace", (16, "os.getppid()"), "EPERM"),
    "reading another's memory": ("process_vm_readv", ("os.getppid()", 0, 0, 0, 0, 0), "EPERM"),
    "a ring of requests": ("io_uring_setup", (1, 0), "EPERM"),
    "a program in the kernel": ("bpf", (0, 0, 0), "EPERM"),
    "keys": ("keyctl", (0, -3, 0), "EPERM"),
    "page faults": ("userfaultfd", (1,), "EPERM"),
    "a mount": ("mount", (0, 0, 0, 0, 0), "EPERM"),
    "a namespace": ("unshare", (0x10000000,), "EPERM"),
    "a process by clone": ("clone", (17, 0, 0, 0, 0), "EPERM"),
    "a process by clone3": ("clone3", (0, 0), "ENOSYS"),
    "another opening": ("openat2", (0, 0, 0, 0), "ENOSYS"),
    "outliving its parent": ("prctl", (1, 0, 0, 0, 0), "EPERM"),
    "being readable": ("prctl", (4, 1, 0, 0, 0), "EPERM"),
}


@needs_seccomp
@pytest.mark.parametrize(("name", "arguments", "answer"), RAW.values(), ids=RAW)
def test_seccomp_alone_refuses_the_bare_call(
    tmp_path: Path, name: str, arguments: tuple[object, ...], answer: str
) -> None:
    number = seccomp._number(name)
    words = ", ".join(map(str, (number, *arguments)))
    assert (
        alone(Level.SECCOMP, tmp_path, f"__import__('kata.kernel').kernel.call({words})") == answer
    )


@needs_seccomp
def test_seccomp_refuses_calls_that_are_newer_than_it_and_those_of_x32(tmp_path: Path) -> None:
    for number in (seccomp.LAST + 1, 0x40000000 + 39):
        attempt = f"__import__('kata.kernel').kernel.call({number}, 0, 0, 0)"
        assert alone(Level.SECCOMP, tmp_path, attempt) == "ENOSYS"


ALLOWED = {
    "threads": "threading.Thread(target=len, args=('',)).start()",
    "a signal to itself": "os.kill(os.getpid(), 0)",
    "raising a signal": "signal.raise_signal(signal.SIGCONT)",
    "its own limits": "resource.getrlimit(resource.RLIMIT_AS)",
    "a pair of sockets": "socket.socketpair()",
    "an event loop": "__import__('asyncio').run(__import__('asyncio').sleep(0))",
    "a C function's callback": "ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 7)()",
    "descriptors": "os.set_blocking(os.pipe()[0], False)",
    "its own processors": "os.sched_setaffinity(0, os.sched_getaffinity(0))",
}


@needs_seccomp
@pytest.mark.parametrize("attempt", ALLOWED.values(), ids=ALLOWED)
def test_seccomp_leaves(tmp_path: Path, attempt: str) -> None:
    assert alone(Level.SECCOMP, tmp_path, attempt) == "done"


HEADERS = {
    "x86_64": (0, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h", r"#define __NR_(\w+) (\d+)\b"),
    "aarch64": (1, "/usr/include/asm-generic/unistd.h", r"#define __NR(?:3264)?_(\w+)\s+(\d+)\b"),
}


@pytest.mark.parametrize(("column", "header", "pattern"), HEADERS.values(), ids=HEADERS)
def test_the_numbers_of_system_calls_are_those_of_the_headers(
    column: int, header: str, pattern: str
) -> None:
    if not Path(header).exists():
        pytest.skip(f"there is no {header}")
    numbers = dict(re.findall(pattern, Path(header).read_text()))
    for name, row in seccomp.SYSTEM_CALLS.items():
        if name in numbers:
            assert row[column] == int(numbers[name]), name
        else:  # not on this architecture, or newer than the header
            assert (row[column] or 451) > 450, name


WORLD = {
    "a solution": (OPEN.format(SOLUTION), "ENOENT"),
    "a grader": (OPEN.format(str(ROOT / "graders/test_kmeans.py")), "ENOENT"),
    "the repository's history": (f"os.listdir({str(ROOT / '.git')!r})", "ENOENT"),
    "the system's secrets": (OPEN.format("/etc/shadow"), "ENOENT"),
    "another process": (f"os.kill({os.getpid()}, 0)", "ESRCH"),
    "a new file in its folder": ("os.open({folder!r} + '/new', os.O_CREAT)", "EROFS"),
    "a temporary file": ("os.open('/tmp/kata-no-such-file', os.O_CREAT)", "EROFS"),
    "a file at the top": ("os.open('/new', os.O_CREAT)", "EROFS"),
    "a file among devices": ("os.open('/dev/shm/new', os.O_CREAT)", "EROFS"),
    "the network": ("__import__('socket').create_connection(('1.1.1.1', 80), 5)", "ENETUNREACH"),
}


@needs_bubblewrap
@pytest.mark.parametrize(("attempt", "answer"), WORLD.values(), ids=WORLD)
def test_bubblewrap_alone_lacks(tmp_path: Path, attempt: str, answer: str) -> None:
    attempt = attempt.replace("{folder!r}", repr(str(tmp_path)))
    assert in_a_world_of_its_own(tmp_path, attempt) == answer


@needs_bubblewrap
def test_in_bubblewraps_world_nobody_is_root(tmp_path: Path) -> None:
    assert in_a_world_of_its_own(tmp_path, "os.getuid() and os.listdir('/')") == "done"
    capabilities = "int(open('/proc/self/status').read().split('CapEff:')[1].split()[0], 16)"
    assert in_a_world_of_its_own(tmp_path, f"1 / (not {capabilities})") == "done"


def as_somebody(script: str) -> str:
    """What a Python script prints that an ordinary user runs, of a grader and its worker."""
    command = [sys.executable, "-c", textwrap.dedent(script), str(ROOT)]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("there is no setpriv to become an ordinary user with")
        # Python may be where only root gets to, so the one right is lent of reading it.
        command = [
            *("setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups"),
            *("--inh-caps", "-all,+dac_read_search", "--ambient-caps", "-all,+dac_read_search"),
            *command,
        ]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert not done.returncode, done.stderr
    return done.stdout


HIDDEN = """
    import os, subprocess, sys
    sys.path.insert(0, sys.argv[1])
    from kata.sandbox import Level, Sandbox
    read = '''if True:
        import os, sys
        for pid in sys.argv[1:]:
            for name in ("mem", "environ", "maps"):
                try:
                    os.close(os.open(f"/proc/{pid}/{name}", os.O_RDONLY))
                    print("read")
                except OSError as error:
                    print(type(error).__name__)
    '''
    with Sandbox(level=Level.NONE) as sandbox:
        sandbox.spawn(__import__("pathlib").Path("/"))  # so that the fork server runs
        pids = [str(os.getpid()), str(sandbox._process.pid)]
        print(os.getuid() != 0, flush=True)
        subprocess.run([sys.executable, "-c", read, *pids], check=True)
"""


# Not by a worker, which its guard would end for trying: this is what the kernel alone refuses.
@needs_linux
def test_a_process_of_the_same_user_cannot_read_the_graders_and_the_fork_servers_memory() -> None:
    assert as_somebody(HIDDEN).split() == ["True"] + ["PermissionError"] * 6


@needs_linux
def test_a_process_that_is_not_hidden_can_be_read_by_the_same_user() -> None:
    """So the test above has something to show."""
    script = """
        import os, sys
        sys.path.insert(0, sys.argv[1])
        from kata import kernel
        for hidden in (False, True):
            if hidden:
                kernel.hide()
            parent = os.getpid()
            if os.fork() == 0:
                try:
                    os.open(f"/proc/{parent}/environ", os.O_RDONLY)
                    print("read", flush=True)
                except OSError as error:
                    print(type(error).__name__, flush=True)
                os._exit(0)
            os.wait()
    """
    assert as_somebody(script).split() == ["read", "PermissionError"]


def bench_at(sandbox: Sandbox, echo: Kata, source: str) -> Bench:
    echo.stub.write_text(textwrap.dedent(source))
    bench = set_up(sandbox, echo, echo.stub, Search())
    bench.start_property(60.0)
    return bench


@as_root
@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_roots_worker_is_not_root(echo: Kata, level: Level) -> None:
    source = """
        import os
        def echo(value):
            status = open("/proc/self/status").read()
            # Reading what it may not is the one right that it may have kept.
            rights = int(status.split("CapPrm:")[1].split()[0], 16) & ~4
            return [*os.getresuid(), *os.getresgid(), rights, len(os.getgroups())]
    """
    with Sandbox(level=level, folders=[echo.folder]) as sandbox:
        bench = bench_at(sandbox, echo, source)
        *users, rights, _groups = Submission(bench).echo(0)
        assert all(users)
        assert rights == 0
        bench.close()


@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_at_each_level_honest_code_goes_on_as_before(echo: Kata, level: Level) -> None:
    source = """
        import threading, traceback
        def fails(): return 1 / 0
        def echo(value):
            if value == "hang":
                while True: pass
            import pandas, wave, json.tool
            out = []
            thread = threading.Thread(target=out.append, args=(pandas.Series([1, 2]).sum(),))
            thread.start(); thread.join()
            try:
                fails()
            except ZeroDivisionError:
                text = traceback.format_exc()
            return [int(out[0]), "return 1 / 0" in text, open("/proc/self/statm").read() != ""]
    """
    with Sandbox(level=level, folders=[echo.folder]) as sandbox:
        bench = bench_at(sandbox, echo, source)
        assert Submission(bench).echo("well") == [3, True, True]
        bench.call_seconds = 0.3
        with pytest.raises(TimeUp) as caught:
            Submission(bench).echo("hang")
        line = caught.value.failure.line
        assert line is not None
        assert line.text == "while True: pass"
        bench.close()


@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_at_each_level_the_grader_reads_the_workers_own_clock(echo: Kata, level: Level) -> None:
    with Sandbox(level=level, folders=[echo.folder]) as sandbox:
        worker = sandbox.spawn(echo.folder)
        assert worker._clock.tells == Path("/proc/self/schedstat").exists()
        if worker._clock.tells:
            assert Path(f"/proc/{worker._pid}/comm").exists()
        worker.close()
        assert has_ended(worker._pid)


@needs_linux
def test_a_worker_has_limits(bench: Kept) -> None:
    source = """
        import resource as r
        def echo(value):
            return [r.getrlimit(k) for k in (r.RLIMIT_CORE, r.RLIMIT_CPU, r.RLIMIT_NPROC)]
    """
    core, cpu, processes = Submission(bench(source)).echo(0)
    assert tuple(core) == (0, 0)
    assert cpu[0] <= CPU_SECONDS
    assert processes[0] not in (0, resource.RLIM_INFINITY)


# It returns the number of a process that has left its session, and whose parent has ended.
LEAVES = """
    import subprocess
    def echo(value):
        # A session of its own, and a parent that has ended.
        leave = "setsid sleep 3600 >/dev/null 2>&1 & echo $!"
        return int(subprocess.run(["sh", "-c", leave], stdout=subprocess.PIPE).stdout)
"""


@needs_linux
def test_what_left_the_workers_session_ends_with_the_worker(unfenced: Kept) -> None:
    kept = unfenced(LEAVES)
    kept.rules = kept.rules.without(frozenset({"subprocess"}))  # the guard is not what is tested
    pid = Submission(kept).echo(0)
    kept.close()
    assert has_ended(pid)


@needs_linux
def test_what_left_the_workers_session_ends_with_the_grader() -> None:
    script = f"""if True:
        import os, signal, textwrap
        from pathlib import Path
        from kata.sandbox import Level, Sandbox
        sandbox = Sandbox(level=Level.NONE)
        worker = sandbox.spawn(Path("/"))
        source = textwrap.dedent({LEAVES!r}).encode()
        about = dict(release=[], source=source, filename="f", module="m", folder="/",
                     uses=["subprocess"], imports=[], calls=[])
        code = worker.request(dict(about, op="read"), 60.0).value["code"]
        worker.request(dict(about, op="load", code=code), 60.0)
        reply = worker.request(dict(op="call", release=[], on=0, name="echo", args=[0],
                                    kwargs={{}}), 60.0)
        print(sandbox._process.pid, worker._pid, reply.value, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    pids = [int(pid) for pid in done.stdout.split()]
    assert len(pids) == 3
    assert all(has_ended(pid) for pid in pids)


def test_a_level_that_is_not_there_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SetupError, match="bwrap is not installed"):
        Sandbox(level=Level.BUBBLEWRAP)


def test_auto_goes_down_to_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with Sandbox() as sandbox:
        assert sandbox.level is strongest()


def test_auto_goes_on_without_a_bubblewrap_that_does_not_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho No permissions to create new namespace >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "No permissions" in lack(Level.BUBBLEWRAP)
    with Sandbox() as sandbox:
        assert sandbox.level is strongest()
        sandbox.spawn(tmp_path).close()


def test_check_refuses_to_start_below_the_level_required(repository: Path) -> None:
    options = ["--sandbox", "none", "--require-sandbox", "landlock"]
    done = kata("check", "echo", *options, cwd=repository)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "landlock is required" in done.stderr
    env = {**os.environ, "KATA_REQUIRE_SANDBOX": "landlock"}
    assert kata("check", "echo", "--sandbox", "none", cwd=repository, env=env).returncode == 2
    assert kata("check", "echo", "--sandbox", "none", cwd=repository).returncode == 0


def test_doctor_says_which_level_there_is_and_what_it_means() -> None:
    done = kata("doctor")
    assert done.returncode == 0
    words = " ".join(done.stdout.split())
    best = max(LEVELS)
    assert f"sandbox {best}" in words
    assert "Your code" in words
    for what in ("python", "numpy", "git", "cores"):
        assert what in words
