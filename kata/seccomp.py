"""Which system calls a process may still make: a seccomp filter, assembled here.

It refuses what a kata has no use for: sockets, other programs, other processes, the kernel's own
administration. It can look at numbers only, so which files may be opened is left to Landlock.
Own code rather than pyseccomp, which has seen no release since 2021 and needs libseccomp as well.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

from kata import kernel

SYSTEM_CALLS = {
    # Name: its number on x86-64 and on AArch64; None where there is no such call.
    # The network.
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    # Other programs and processes.
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "unshare": (272, 97),
    "setns": (308, 268),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "ioprio_set": (251, 30),
    # Memory that no limit counts, or that outlives the process.
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # Large and seldom-used parts of the kernel.
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    # Administration.
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "syslog": (103, 116),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "vhangup": (153, 58),
    # Changes to files that Landlock does not know about, and ways around it.
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "truncate": (76, 45),
    # Their arguments lie in memory, where a filter cannot look.
    "clone3": (435, 435),
    "openat2": (437, 437),
    # Refused for some arguments only, see _conditions.
    "clone": (56, 220),
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "prlimit64": (302, 261),
    "setpriority": (141, 140),
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "socketpair": (53, 199),
    "fcntl": (72, 25),
    "ioctl": (16, 29),
    "prctl": (157, 167),
    # Not refused: how the filter itself is put in place.
    "seccomp": (317, 277),
}

UNKNOWN_TO_IT = ("clone3", "openat2")
"""Said to be missing, so that the C library takes an older call, which can be looked at."""

LAST = 462
"""The newest call that has been thought about; later ones are said to be missing as well."""

ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""What the kernel calls the architecture, and the column of the table above."""

CLONE_THREAD = 0x00010000
NEW_NAMESPACES = 0x7E020080
AF_UNIX, SOCK_STREAM, SOCK_TYPE_MASK = 1, 1, 0xF
SIGNALS_FROM_FILES = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: signals by way of a pipe
TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX: typing in the learner's terminal
OWNERS_OF_FILES = (0x8901, 0x8902)  # FIOSETOWN, SIOCSPGRP: as F_SETOWN
# The signal at the parent's death, being readable, memory maps, adopting orphans, tracers.
KEPT_ATTRIBUTES = (1, 4, 35, 36, 0x59616D61)

SET_MODE_FILTER, GET_ACTION_AVAILABLE = 1, 2
WITHOUT_SLOWDOWN = 4
"""No measures against speculation between parts of this process, which are costly: it has no parts
that must be kept from each other."""

ALLOW, REFUSE = 0x7FFF0000, 0x00050000
EPERM, ENOSYS = REFUSE | errno.EPERM, REFUSE | errno.ENOSYS

# Instructions of the filter's machine: load a word, compare and skip, mask, return.
LOAD, EQUAL, GREATER, ANY_BIT, MASK, RETURN = 0x20, 0x15, 0x25, 0x45, 0x54, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16

SOMEBODY = 0x7EADBEEF
"""A process number that no kernel gives."""

Instruction = tuple[int, int, int, int]
"""Code, instructions to skip if true, and if not, and the operand."""


def available() -> bool:
    """Whether the kernel takes filters, on an architecture whose numbers are known here."""
    if not kernel.LINUX or os.uname().machine not in ARCHITECTURES:
        return False
    action = ctypes.create_string_buffer(struct.pack("=I", REFUSE), 4)
    try:
        kernel.call(_number("seccomp"), GET_ACTION_AVAILABLE, 0, action)
    except OSError:
        return False
    return True


def program() -> bytes:
    """The filter, with a number in place of the process that it is going to be for."""
    architecture, _ = ARCHITECTURES[os.uname().machine]
    conditions = _conditions(SOMEBODY)
    code: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, EPERM),
        (LOAD, 0, 0, NUMBER),
        # Among them all numbers of x32, the third set of system calls on x86-64.
        (GREATER, 0, 1, LAST),
        (RETURN, 0, 0, ENOSYS),
    ]
    for name in SYSTEM_CALLS:
        number = _number(name)
        if number < 0 or name == "seccomp":
            continue
        answer = ENOSYS if name in UNKNOWN_TO_IT else EPERM
        body = conditions.get(name, [(RETURN, 0, 0, answer)])
        code += [(EQUAL, 0, len(body), number), *body]
    code.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def restrict(program: bytes) -> None:
    """Put this process under the filter, for good. Needs no_new_privs to be set.

    It may do to itself what it may not do to others.
    """
    program = program.replace(struct.pack("=I", SOMEBODY), struct.pack("=I", os.getpid()))
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    buffer = ctypes.create_string_buffer(header, len(header))
    try:
        kernel.call(_number("seccomp"), SET_MODE_FILTER, WITHOUT_SLOWDOWN, buffer)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        kernel.call(_number("seccomp"), SET_MODE_FILTER, 0, buffer)  # before Linux 4.17


def _number(name: str) -> int:
    """The number of a system call here, -1 where there is none."""
    number = SYSTEM_CALLS[name][ARCHITECTURES[os.uname().machine][1]]
    return -1 if number is None else number


def _conditions(pid: int) -> dict[str, list[Instruction]]:
    """For each call that is refused for some arguments only, what decides about it."""
    me, myself = _only((0, (pid,))), _only((0, (0, pid)))
    return {
        # Threads, and no processes. Not with new namespaces, which need more than a thread.
        "clone": [
            (LOAD, 0, 0, ARGUMENTS),
            (ANY_BIT, 1, 0, NEW_NAMESPACES),
            (ANY_BIT, 1, 0, CLONE_THREAD),
            (RETURN, 0, 0, EPERM),
            (RETURN, 0, 0, ALLOW),
        ],
        "kill": me,
        "tkill": me,
        "tgkill": me,
        "rt_sigqueueinfo": me,
        "rt_tgsigqueueinfo": me,
        "prlimit64": myself,
        "setpriority": _only((0, (0,)), (1, (0, pid))),
        "sched_setaffinity": myself,
        "sched_setscheduler": myself,
        "sched_setparam": myself,
        "sched_setattr": myself,
        # asyncio has one in every loop. Of datagrams it would reach sockets elsewhere.
        "socketpair": [
            (LOAD, 0, 0, ARGUMENTS),
            (EQUAL, 0, 4, AF_UNIX),
            (LOAD, 0, 0, ARGUMENTS + 8),
            (MASK, 0, 0, SOCK_TYPE_MASK),
            (EQUAL, 0, 1, SOCK_STREAM),
            (RETURN, 0, 0, ALLOW),
            (RETURN, 0, 0, EPERM),
        ],
        "fcntl": _but(1, SIGNALS_FROM_FILES),
        "ioctl": _but(1, TERMINAL_INPUT + OWNERS_OF_FILES),
        "prctl": _but(0, KEPT_ATTRIBUTES),
    }


def _only(*conditions: tuple[int, tuple[int, ...]]) -> list[Instruction]:
    """Refuse unless each argument, by its place, has one of the values beside it."""
    code: list[Instruction] = []
    for place, values in conditions:
        # The low half: all these are ints to the kernel. Both architectures are little-endian.
        code.append((LOAD, 0, 0, ARGUMENTS + 8 * place))
        code += [(EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)]
        code.append((RETURN, 0, 0, EPERM))
    return [*code, (RETURN, 0, 0, ALLOW)]


def _but(place: int, values: tuple[int, ...]) -> list[Instruction]:
    """Refuse when the argument at this place has one of the values."""
    skips = [(EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)]
    load = (LOAD, 0, 0, ARGUMENTS + 8 * place)
    return [load, *skips, (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, EPERM)]
