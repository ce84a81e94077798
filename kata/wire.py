"""Plain-data frames between the grader and a worker.

Imports nothing of kata, and pandas only when a frame holds some.

The worker runs hostile code, so `decode` takes every byte for hostile: it unpickles and evaluates
nothing, charges what it builds against a limit, and refuses with `WireError`.

A frame is

    prefix   magic, u32 length of the header, u64 length of the body; little endian, 16 bytes
    header   one node as JSON, in UTF-8
    body     raw buffers, each starting at a multiple of 64 bytes, with zeros in between

A node is null, a boolean, a number or a string, which stand for themselves, or a list `[tag,
field, ...]`. No node says where a buffer lies: its length follows from the node (shape times size
of an item), and buffers lie in the order of their nodes. So none can overlap, be read twice or be
left out. `_Writer.write_x` makes the fields that `_Reader.read_x` takes, in the same order.

Encoding is deterministic, and encoding what was decoded gives the same bytes again. `same` relies
on it to tell whether a call has changed its arguments.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import select
import socket
import struct
import sys
import time
import zoneinfo
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from operator import eq
from typing import Any, NoReturn, TypeAlias

import numpy as np
from numpy.typing import NDArray

MAX_HEADER = 1 << 24
"""Bytes of a header."""

MAX_NODES = 1 << 21
"""Values in a header."""

MAX_DEPTH = 64
"""Levels of containers in containers."""

MAX_BODY = 1 << 28
"""Bytes of a body that `encode` makes, unless it is told otherwise."""

MAX_DECODED = 1 << 30
"""Bytes that `decode` allocates at most, unless it is told otherwise."""

MAX_TEXT = 200
"""Characters of each text in a `Handle` or `Opaque`."""

Segment: TypeAlias = bytes | memoryview
Node: TypeAlias = "bool | int | float | str | list[Node] | None"

_PREFIX = struct.Struct("<4sIQ")
_MAGIC = b"KWF1"
_ALIGNMENT = 64
_ZEROS = bytes(_ALIGNMENT)
_VECTOR = 512  # segments in one call of sendmsg; Linux and macOS take 1024

_INLINE = 1024  # characters or bytes that still travel in the header
_PACK = 16  # items from which a uniform sequence travels as one buffer
_PACKED = {float: "<f8", int: "<i8", bool: "|b1"}

_SAFE_INT = 1 << 53  # beyond it, integers travel as hex: decimal digits take quadratic time to read
_INT_DIGITS = 1 << 16
_HEX_INT = re.compile(f"-?0x[0-9a-f]{{1,{_INT_DIGITS}}}")
_DECIMAL_DIGITS = 8192
_DECIMAL_EXPONENT = 6144  # decimal128's; int() of one with a free exponent would never end

_MAX_DIMS = 64  # numpy's; the product of unboundedly many takes quadratic time
# Without longdouble: it differs between machines, its padding bytes are arbitrary, and C libraries
# have overrun buffers when they printed some of its bit patterns.
_NUMBERS = frozenset(np.dtype(order + code).str for order in "<>" for code in "?bBhHiIqQefdFD")
# Not of width 0: arrays of any shape would then take no bytes.
_SIZED = re.compile(
    r"\|S[1-9][0-9]{0,8}|[<>]U[1-9][0-9]{0,8}"
    r"|[<>][mM]8(\[([1-9][0-9]{0,8})?(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"
)

# No dots, so that no name leads out of the directories of the zone database.
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(/[A-Za-z0-9_+-]{1,31}){0,2}")
_FREQUENCY = re.compile(r"-?[0-9]{0,9}[A-Za-z]{1,4}(-[0-9A-Z]{1,4}){0,3}")
_VECTORISED_FREQUENCY = re.compile(r"-?[0-9]{0,9}(D|B|h|min|s|ms|us|ns)")
_PANDAS_UNITS = frozenset((unit, 1) for unit in ("s", "ms", "us", "ns"))
_MASKED = (
    "Boolean",
    *(f"{kind}{bits}" for kind in ("Int", "UInt") for bits in (8, 16, 32, 64)),
    "Float32",
    "Float64",
)

# Only str and bytes hash with a secret. Of anything else a sender can choose n keys that take n²/2
# steps to enter a dict, 64-bit integers of different hashes included: the slots that a lookup goes
# through are known, so that it can lead through all those taken before. Hence n keys of other types
# cost n², out of what one frame may spend; it admits 32,768 of them, about a second at worst. Among
# equal hashes each step also compares the keys, so that only few may share one.
_MAX_HASHING = 1 << 30
_MAX_EQUAL_HASHES = 16
_SECRETLY_HASHED = frozenset({str, bytes})

# What decoding charges against its limit, in bytes. Those for pandas exceed the memory needed: they
# also bound the time, to some 16,000 objects or 100,000 rows of a frequency, of 0.1 ms each.
_COST_NODE = 128
_COST_ITEM = 64
_COST_ARRAY = 256
_COST_COLUMN = 1 << 12
_COST_TABLE = 1 << 16
_COST_FREQUENCY = 1 << 13


class WireError(ValueError):
    """A frame is malformed or too large."""


class Unsupported(WireError):
    """A value that cannot be carried.

    `path` says where it is ("result[1]['a']", "result column 'x'"), `reason` what is wrong.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def within(self, step: str) -> Unsupported:
        """The same error as seen from the container that holds the value at `step`."""
        return Unsupported(step + self.path, self.reason)


@dataclass(frozen=True, slots=True)
class Handle:
    """Stands for an object that stays in the worker, which knows it by `id`."""

    id: int
    type_name: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "type_name", self.type_name[:MAX_TEXT])


@dataclass(frozen=True, slots=True)
class Opaque:
    """Stands for a value that cannot be carried: its type and repr, each cut at 200 characters."""

    type_name: str
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "type_name", self.type_name[:MAX_TEXT])
        object.__setattr__(self, "text", self.text[:MAX_TEXT])


OpaqueHook: TypeAlias = Callable[[object], Handle | Opaque | None]


def encode(
    value: object,
    *,
    opaque: OpaqueHook | None = None,
    name: str = "value",
    limit: int = MAX_BODY,
) -> list[Segment]:
    """Encode a value as the segments of a frame: prefix and header, then the pieces of the body.

    Contiguous arrays are not copied: their segments are views, to be sent before they change.

    Subclasses of builtin types are carried as what they derive from; subclasses of numpy's and
    pandas' types are not carried. Identity is not kept, nor are a frame's `attrs` and flags, and
    text columns are stored by Python on arrival. Dtypes of numpy keep their byte order.

    Args:
        value: What to carry.
        opaque: Asked about each value that is not carried by itself, unless it is to be hashed;
            returns the record to carry instead, or None for there is none.
        name: What paths in errors start with.
        limit: Bytes of the body.

    Raises:
        Unsupported: The value or a part of it cannot be carried, or reading it fails.
        MemoryError: There is no memory for the parts that have to be copied.
    """
    writer = _Writer(opaque, limit)
    try:
        header = writer.header(writer.node(value))
    except Unsupported as error:
        raise error.within(name) from None
    except MemoryError:
        raise
    except Exception as error:
        # Methods of the value's own have failed, so that the text is not to be trusted either.
        raise Unsupported(name, f"cannot be read ({type(error).__name__})") from error
    return [_PREFIX.pack(_MAGIC, len(header), writer.size) + header, *writer.segments]


def decode(
    header: bytes, body: bytearray | memoryview, *, copy: bool = True, limit: int = MAX_DECODED
) -> Any:
    """Decode the value of a received frame.

    Args:
        header: The JSON, without the prefix.
        body: The buffers. Without `copy` it belongs to the value from now on.
        copy: Whether arrays own their memory. If not, they are disjoint views of `body`. They are
            writable and aligned either way.
        limit: Bytes that decoding allocates at most; estimated from above.

    Raises:
        WireError: The frame is malformed. Nothing else is raised, whatever the bytes are.
    """
    try:
        reader = _Reader(memoryview(body), copy, limit)
        value = reader.value(reader.parse(header))
        reader.finish()
    except WireError:
        raise
    except Exception as error:
        # Fields of wrong type or number, and whatever Python, numpy and pandas refuse to build.
        # Only the type is named, for a text with the sender's values in it may not even format.
        raise WireError(f"malformed frame ({type(error).__name__})") from error
    return value


def same(segments: Sequence[Segment], header: bytes, body: bytearray | memoryview) -> bool:
    """Tell whether segments made by `encode` are the bytes of a received frame."""
    if segments[0][_PREFIX.size :] != header:
        return False
    # Python's own bytes, in blocks that stay in the cache: numpy's comparisons are functions that
    # a submission can set anew.
    received, at, block = memoryview(body), 0, 1 << 17
    for segment in segments[1:]:
        view = memoryview(segment)
        for start in range(0, len(view), block):
            piece = view[start : start + block].tobytes()
            if piece != received[at : at + len(piece)].tobytes():
                return False
            at += len(piece)
    return at == len(received)


class _Walk:
    """What both sides count in the same way, so that the reader accepts what the writer made."""

    def __init__(self) -> None:
        self.depth = 0
        self.hashing = 0

    def refusal(self, reason: str) -> WireError:
        return WireError(reason)

    def enter(self) -> None:
        """Go one level deeper; who leaves it counts `depth` down again."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.refusal(f"nested more than {MAX_DEPTH} levels deep, or contains itself")

    def spend_hashing(self, keys: int) -> None:
        self.hashing += keys * keys
        if self.hashing > _MAX_HASHING:
            raise self.refusal("too many keys or categories that are not text")

    def check_keys(self, keys: Sequence[Any]) -> None:
        """Refuse keys that could be slow to enter into a dict or set (see _MAX_HASHING)."""
        if set(map(type, keys)) <= _SECRETLY_HASHED:
            return
        hashes = sorted(hash(key) for key in keys if type(key) not in _SECRETLY_HASHED)
        self.spend_hashing(len(hashes))
        if any(map(eq, hashes, hashes[_MAX_EQUAL_HASHES:])):
            raise self.refusal("too many keys with one hash")
        # A NaN differs from itself: any number of them would pass for different keys.
        if sum(key != key for key in keys if issubclass(type(key), float)) > 1:
            raise self.refusal("more than one key is NaN")

    def check_labels(self, labels: Any) -> None:
        """Refuse an Index of categories or levels that repeats labels, or is slow to hash.

        pandas finds repeats by hashing, with no secret but for text, and is as easy to slow down
        as a dict. It does without where it finds the labels to be sorted.
        """
        dtype = labels.dtype
        if not isinstance(dtype, np.dtype):
            quick = type(dtype) is _pandas().StringDtype
        elif dtype.kind == "O":
            quick = set(map(type, labels)) <= {str}
        else:
            quick = labels.is_monotonic_increasing
        if not quick:
            self.spend_hashing(len(labels))
        if labels.nlevels > 1 or not labels.is_unique:
            raise self.refusal("categories, or labels of a level, that are not distinct labels")


class _Writer(_Walk):
    """Turns values into nodes and gathers their buffers."""

    def __init__(self, opaque: OpaqueHook | None, limit: int) -> None:
        super().__init__()
        self.opaque = opaque
        self.limit = limit
        self.inline = False  # whether buffers are out of the question
        self.nodes = 0
        self.segments: list[Segment] = []
        self.size = 0  # bytes in `segments`

    def refusal(self, reason: str) -> WireError:
        return Unsupported("", reason)

    def header(self, node: Node) -> bytes:
        header = _dumps(node).encode("utf-8", "surrogatepass")
        if len(header) > MAX_HEADER or _count_nodes(header) > MAX_NODES:
            raise self.refusal("too many values for one frame")
        return header

    def room(self, nbytes: int) -> None:
        """Refuse what would make the body too large."""
        if self.size + nbytes > self.limit:
            raise self.refusal(f"larger than {self.limit} bytes")

    def buffer(self, data: Segment) -> None:
        """Append a buffer, which must not be empty, to the body."""
        gap = -self.size % _ALIGNMENT
        self.room(gap + len(data))
        if gap:
            self.segments.append(_ZEROS[:gap])
        self.segments.append(data)
        self.size += gap + len(data)

    def node(self, value: Any) -> Node:
        """The node of any value. Errors name paths relative to it."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.refusal("too many values for one frame")
        kind = type(value)
        if (
            value is None
            or kind is bool
            or (kind is str and len(value) <= _INLINE)
            or (kind is int and -_SAFE_INT <= value <= _SAFE_INT)
            or (kind is float and math.isfinite(value))
        ):
            plain: Node = value
            return plain
        self.enter()
        write = _WRITERS.get(kind) or _pandas_writers().get(kind) or _Writer.derived
        node = write(self, value)
        self.depth -= 1
        return node

    def part(self, step: str, value: object) -> Node:
        """The node of a value that its container knows as `step`."""
        try:
            return self.node(value)
        except Unsupported as error:
            raise error.within(step) from None

    def derived(self, value: Any) -> Node:
        """The node of an instance of some subclass, or of something that is not carried."""
        for base, plain in _PLAIN:
            # Not isinstance, which believes what a value claims to be its __class__.
            if issubclass(type(value), base):
                return self.node(plain(value))
        return self.other(value)

    def other(self, value: object) -> Node:
        record = self.opaque(value) if self.opaque else None
        if type(record) is Handle:
            return self.write_handle(record)
        if type(record) is Opaque:
            return self.write_opaque(record)
        raise self.refusal(f"cannot carry an object of type {type(value).__qualname__}")

    def write_handle(self, value: Handle) -> Node:
        return ["handle", value.id, value.type_name]

    def write_opaque(self, value: Opaque) -> Node:
        return ["opaque", value.type_name, value.text]

    def write_int(self, value: int) -> Node:
        if value.bit_length() > 4 * _INT_DIGITS:
            raise self.refusal(f"cannot carry an integer of more than {_INT_DIGITS} hex digits")
        return ["int", hex(value)]

    def write_float(self, value: float) -> Node:
        return ["float", struct.pack(">d", value).hex()]

    def write_complex(self, value: complex) -> Node:
        return ["complex", self.node(value.real), self.node(value.imag)]

    def write_str(self, value: str) -> Node:
        if self.inline:
            return value
        data = value.encode("utf-8", "surrogatepass")
        self.buffer(data)
        return ["str", len(data)]

    def write_bytes(self, value: bytes) -> Node:
        if self.inline or len(value) <= _INLINE:
            return ["hex", value.hex()]
        self.buffer(value)
        return ["bytes", len(value)]

    def write_decimal(self, value: Decimal) -> Node:
        text = str(value)
        if not _is_carried_decimal(text, value):
            raise self.refusal("cannot carry a Decimal with that many digits or that exponent")
        return ["decimal", text]

    def write_date(self, value: dt.date) -> Node:
        return ["date", value.isoformat()]

    def write_time(self, value: dt.time) -> Node:
        local = value.replace(tzinfo=None).isoformat()
        return ["time", local, value.fold, self.zone(value.tzinfo)]

    def write_datetime(self, value: dt.datetime) -> Node:
        local = value.replace(tzinfo=None).isoformat()
        return ["datetime", local, value.fold, self.zone(value.tzinfo)]

    def write_timedelta(self, value: dt.timedelta) -> Node:
        return ["timedelta", value.days, value.seconds, value.microseconds]

    def zone(self, zone: dt.tzinfo | None) -> Node:
        """Null, the name of a zone, or `[microseconds, name?]` for a fixed offset."""
        if zone is None:
            return None
        if type(zone) is zoneinfo.ZoneInfo and zone.key and _ZONE.fullmatch(zone.key):
            return zone.key
        if type(zone) is dt.timezone:
            offset, *name = zone.__getinitargs__()  # type: ignore[attr-defined]  # as copy uses it
            return [offset // dt.timedelta(microseconds=1), *name]
        raise self.refusal(f"cannot carry a time zone of type {type(zone).__qualname__}")

    def write_list(self, value: list[Any]) -> Node:
        return ["list", self.run(value)]

    def write_tuple(self, value: tuple[Any, ...]) -> Node:
        return ["tuple", self.run(value)]

    def write_dict(self, value: dict[Any, Any]) -> Node:
        keys = [*value]
        self.check_keys(keys)
        # Records in place of keys might be equal where the keys are not.
        opaque, self.opaque = self.opaque, None
        names = self.run(keys, lambda at: f" key {_shown(keys[at])}")
        self.opaque = opaque
        return ["dict", names, self.run([*value.values()], lambda at: f"[{_shown(keys[at])}]")]

    def write_set(self, value: set[Any] | frozenset[Any]) -> Node:
        """Write the elements in an order that does not depend on the hash secret."""
        self.check_keys([*value])
        tag = "set" if type(value) is set else "frozenset"
        if set(map(type, value)) in ({str}, {int}):
            return [tag, self.run(sorted(value))]
        inline, opaque = self.inline, self.opaque
        self.inline, self.opaque = True, None
        nodes = [self.part("{...}", item) for item in value]
        self.inline, self.opaque = inline, opaque
        return [tag, ["*", *sorted(nodes, key=_dumps)]]

    def run(self, items: Sequence[Any], step: Callable[[int], str] = "[{}]".format) -> Node:
        """The node of a sequence: `["*", node, ...]`, or one buffer if the items are alike.

        `step` is what an error calls the item at an index.
        """
        if len(items) >= _PACK and not self.inline and (packed := self.packed(items)):
            return packed
        nodes: list[Node] = ["*"]
        try:
            for item in items:
                nodes.append(self.node(item))  # noqa: PERF401 an error asks how far it got
        except Unsupported as error:
            raise error.within(step(len(nodes) - 1)) from None
        return nodes

    def packed(self, items: Sequence[Any]) -> Node:
        """The node of items that are all str, float, bool or 64-bit int, else null."""
        kind, *others = set(map(type, items))
        if others:
            return None
        if kind is str:
            return self.packed_texts(items)
        dtype = _PACKED.get(kind)
        if dtype is None:
            return None
        try:
            array = np.array(items, dtype)
        except OverflowError:
            return None
        self.buffer(array.view(np.uint8).data)
        return [dtype, len(items)]

    def packed_texts(self, items: Sequence[str]) -> Node:
        # Splitting is several times faster than cutting at offsets.
        text = "\0".join(items)
        if text.count("\0") != len(items) - 1:
            return None
        data = text.encode("utf-8", "surrogatepass")
        self.buffer(data)
        return ["str", len(items), len(data)]

    def write_array(self, value: NDArray[Any]) -> Node:
        dtype, flags = value.dtype, value.flags
        if dtype.kind != "O" and not _is_carried(dtype.str):
            return self.other(value)
        # Asked first, for a broadcast array can be far larger than the memory that it views.
        self.room(_span(value.shape, dtype.itemsize))
        order: Any = "F" if flags.f_contiguous and not flags.c_contiguous else "C"
        flat = value.ravel(order=order)
        node: list[Node] = ["array", dtype.str, [*value.shape], order]
        if dtype.kind == "O":
            node.append(self.run(flat.tolist()))
        elif flat.size:
            self.buffer(flat.view(np.uint8).data)
        return node

    def write_scalar(self, value: np.generic) -> Node:
        return ["scalar", value.dtype.str, value.tobytes().hex()]

    def write_str_scalar(self, value: np.str_) -> Node:
        return ["str_", self.node(str.__str__(value))]

    def write_bytes_scalar(self, value: np.bytes_) -> Node:
        return ["bytes_", self.node(bytes.__bytes__(value))]

    # From here on, values are of pandas.

    def write_timestamp(self, value: Any) -> Node:
        return ["timestamp", self.node(value.asm8), self.zone(value.tzinfo)]

    def write_duration(self, value: Any) -> Node:
        return ["duration", self.node(value.asm8)]

    def write_nat(self, _: object) -> Node:
        return ["NaT"]

    def write_na(self, _: object) -> Node:
        return ["NA"]

    def write_period(self, value: Any) -> Node:
        return ["period", self.node(value.ordinal), value.freqstr]

    def write_interval(self, value: Any) -> Node:
        return ["interval", self.node(value.left), self.node(value.right), value.closed]

    def write_frame(self, value: Any) -> Node:
        columns = self.part(" columns", value.columns)
        node: list[Node] = ["frame", columns, self.part(" index", value.index)]
        for label, column in value.items():
            try:
                node.append(self.column(column))
            except Unsupported as error:
                raise error.within(f" column {_shown(label)}") from None
        return node

    def write_series(self, value: Any) -> Node:
        name, index = self.part(" name", value.name), self.part(" index", value.index)
        return ["series", name, index, self.column(value)]

    def write_range(self, value: Any) -> Node:
        self.room(_span([len(value)], 8))
        parts = [self.node(part) for part in (value.start, value.stop, value.step)]
        return ["range", *parts, self.part(" name", value.name)]

    def write_multi(self, value: Any) -> Node:
        node: list[Node] = ["multi", self.run(value.names)]
        for level, codes in zip(value.levels, value.codes, strict=True):
            self.check_labels(level)
            node.append(self.part(" level", level.rename(None)))
            node.append(self.write_array(np.asarray(codes)))
        return node

    def write_index(self, value: Any) -> Node:
        name = self.part(" name", value.name)
        frequency = None
        if value.dtype.kind in "mM" and value.freq is not None:
            frequency = value.freqstr
            # What a custom calendar has for holidays, for one, is not in the text.
            if not _FREQUENCY.fullmatch(frequency) or _offset(frequency) != value.freq:
                raise self.refusal(f"cannot carry the frequency {frequency}")
        return ["index", name, frequency, self.column(value)]

    def column(self, values: Any) -> Node:
        """The node of what a Series or Index holds."""
        dtype = values.dtype
        if isinstance(dtype, np.dtype):
            if dtype.kind == "O" or _is_carried(dtype.str):
                return self.write_array(np.asarray(values.array))
        elif write := _column_writers().get(type(dtype)):
            return write(self, values.array)
        raise self.refusal(f"cannot carry dtype {dtype}")

    def write_text_column(self, array: Any) -> Node:
        texts, missing = np.asarray(array, object), np.asarray(array.isna())
        mask = None
        if missing.any():
            mask = self.write_array(missing)
            texts = np.where(missing, "", texts)
        is_na = array.dtype.na_value is _pandas().NA
        return ["text", "NA" if is_na else "NaN", mask, self.run(texts.tolist())]

    def write_categorical(self, array: Any) -> Node:
        self.check_labels(array.categories)
        categories = self.part(" categories", array.categories)
        return ["categorical", bool(array.ordered), categories, self.write_array(array.codes)]

    def write_zoned(self, array: Any) -> Node:
        moments = np.asarray(array.tz_convert(None))
        return ["zoned", self.zone(array.dtype.tz), self.write_array(moments)]

    def write_masked(self, array: Any) -> Node:
        # What lies under the mask is arbitrary, and overwritten with zeros.
        dtype = array.dtype.numpy_dtype
        values = array.to_numpy(dtype=dtype, na_value=dtype.type(0))
        missing = np.asarray(array.isna())
        return ["masked", self.write_array(values), self.write_array(missing)]

    def write_periods(self, array: Any) -> Node:
        frequency = array.dtype.name.removeprefix("period[").removesuffix("]")
        return ["periods", frequency, self.write_array(array.asi8)]

    def write_intervals(self, array: Any) -> Node:
        return ["intervals", array.closed, self.node(array.left), self.node(array.right)]


class _Reader(_Walk):
    """Turns nodes back into values, and takes buffers from the body one after another."""

    def __init__(self, body: memoryview, copy: bool, limit: int) -> None:
        super().__init__()
        self.body = body.cast("B")
        self.copy = copy or body.readonly
        self.left = limit  # bytes that may still be allocated
        self.at = 0  # bytes of the body that are taken

    def parse(self, header: bytes) -> object:
        nodes = _count_nodes(header)
        if len(header) > MAX_HEADER or nodes > MAX_NODES:
            raise WireError("too large a header")
        self.charge(8 * len(header) + _COST_NODE * nodes)
        node: object = _JSON.decode(str(header, "utf-8", "surrogatepass"))
        return node

    def finish(self) -> None:
        if self.at != len(self.body):
            raise WireError("bytes after the last buffer")

    def charge(self, nbytes: int) -> None:
        self.left -= nbytes
        if self.left < 0:
            raise WireError("more memory needed than allowed")

    def take(self, nbytes: int) -> int:
        """Take the next buffer, and return where in the body it starts."""
        if not nbytes:
            return self.at
        start = self.at + -self.at % _ALIGNMENT
        if nbytes > len(self.body) - start:
            raise WireError("a buffer that reaches past the end of the body")
        if any(self.body[self.at : start]):
            raise WireError("padding that is not zero")
        self.at = start + nbytes
        return start

    def data(self, size: object) -> memoryview:
        nbytes = _natural(size)
        start = self.take(nbytes)
        return self.body[start : start + nbytes]

    def flat(self, dtype: np.dtype[Any], count: int) -> NDArray[Any]:
        """The next buffer as a view of `count` valid items."""
        start = self.take(count * dtype.itemsize)
        if not count:
            return np.empty(0, dtype)
        return _valid(np.frombuffer(self.body, dtype, count, start))

    def value(self, node: object) -> Any:
        if type(node) is not list:
            return node
        self.enter()
        value = self.dispatch(_READERS, node)
        self.depth -= 1
        return value

    def dispatch(self, readers: dict[str, Callable[..., Any]], node: object) -> Any:
        tag, *fields = _exact(list, node)
        if type(tag) is not str or tag not in readers:
            raise WireError("an unknown tag")
        return readers[tag](self, *fields)

    def read_handle(self, number: object, type_name: object) -> Handle:
        return Handle(_exact(int, number), legible(_short(type_name)))

    def read_opaque(self, type_name: object, text: object) -> Opaque:
        return Opaque(legible(_short(type_name)), legible(_short(text)))

    def read_int(self, digits: object) -> int:
        text = _text(digits)
        if not _HEX_INT.fullmatch(text):
            raise WireError("not a hex integer")
        return int(text, 16)

    def read_float(self, bits: object) -> float:
        value: float = struct.unpack(">d", bytes.fromhex(_text(bits)))[0]
        return value

    def read_complex(self, real: object, imag: object) -> complex:
        return complex(_exact(float, self.value(real)), _exact(float, self.value(imag)))

    def read_str(self, size: object) -> str:
        data = self.data(size)
        self.charge(4 * len(data))  # one character beyond Latin widens all the others
        return str(data, "utf-8", "surrogatepass")

    def read_hex(self, digits: object) -> bytes:
        return bytes.fromhex(_text(digits))

    def read_bytes(self, size: object) -> bytes:
        data = self.data(size)
        self.charge(len(data))
        return bytes(data)

    def read_decimal(self, digits: object) -> Decimal:
        text = _text(digits)
        value = Decimal(text[: _DECIMAL_DIGITS + 1])
        if not _is_carried_decimal(text, value):
            raise WireError("too large a Decimal")
        return value

    def read_date(self, text: object) -> dt.date:
        return dt.date.fromisoformat(_text(text))

    def read_time(self, text: object, fold: object, zone: object) -> dt.time:
        local = dt.time.fromisoformat(_text(text))
        return local.replace(fold=_natural(fold), tzinfo=self.zone(zone))

    def read_datetime(self, text: object, fold: object, zone: object) -> dt.datetime:
        local = dt.datetime.fromisoformat(_text(text))
        return local.replace(fold=_natural(fold), tzinfo=self.zone(zone))

    def read_timedelta(self, days: object, seconds: object, microseconds: object) -> dt.timedelta:
        return dt.timedelta(_exact(int, days), _exact(int, seconds), _exact(int, microseconds))

    def zone(self, node: object) -> dt.tzinfo | None:
        if node is None:
            return None
        if type(node) is str:
            return _zone(node)
        microseconds, *name = _exact(list, node)
        offset = dt.timedelta(microseconds=_exact(int, microseconds))
        return dt.timezone(offset, *map(_text, name))

    def read_list(self, node: object) -> list[Any]:
        return self.run(node)

    def read_tuple(self, node: object) -> tuple[Any, ...]:
        return tuple(self.run(node))

    def read_dict(self, names: object, node: object) -> dict[Any, Any]:
        keys = self.keys(names)
        made = dict(zip(keys, self.run(node), strict=True))
        _check_distinct(keys, made)
        return made

    def read_set(self, node: object) -> set[Any]:
        keys = self.keys(node)
        made = set(keys)
        _check_distinct(keys, made)
        return made

    def read_frozenset(self, node: object) -> frozenset[Any]:
        return frozenset(self.read_set(node))

    def keys(self, node: object) -> list[Any]:
        """Values that can be hashed, and quickly."""
        keys = self.run(node)
        self.check_keys(keys)
        return keys

    def run(self, node: object) -> list[Any]:
        kind, *fields = _exact(list, node)
        if kind == "*":
            return [self.value(item) for item in fields]
        if kind == "str":
            return self.packed_texts(*fields)
        if kind not in _PACKED.values():
            raise WireError("not a sequence")
        (count,) = map(_natural, fields)
        self.charge(_COST_ITEM * count)
        items: list[Any] = self.flat(np.dtype(kind), count).tolist()
        return items

    def packed_texts(self, number: object, size: object) -> list[str]:
        count, text = _natural(number), self.read_str(size)
        if text.count("\0") != count - 1:
            raise WireError("not as many texts as announced")
        self.charge(_COST_ITEM * count + 4 * len(text))
        return text.split("\0")

    def read_array(
        self, kind: object, dims: object, order: Any, items: object = None
    ) -> NDArray[Any]:
        shape = [_natural(dim) for dim in _exact(list, dims)]
        if len(shape) > _MAX_DIMS or order not in ("C", "F"):
            raise WireError("not the layout of an array")
        count = math.prod(shape)
        if kind == "|O":
            run = self.run(items)
            flat = np.fromiter(run, object, len(run))
        else:
            flat = self.flat(_dtype(_text(kind)), count)
        # An empty array pays for its other dimensions too: whoever sums over them allocates those.
        owned = self.copy or flat.dtype == object or not count or not flat.flags.aligned
        self.charge(_COST_ARRAY + (_span(shape, flat.itemsize) if owned else 0))
        array = flat.reshape(shape, order=order)
        return array.copy("K") if owned else array

    def read_scalar(self, kind: object, digits: object) -> np.generic:
        dtype, data = _dtype(_text(kind)), bytes.fromhex(_text(digits))
        if len(data) != dtype.itemsize:
            raise WireError("a scalar that is not of its dtype's size")
        scalar: np.generic = _valid(np.frombuffer(data, dtype))[0]
        return scalar

    def read_str_scalar(self, node: object) -> np.str_:
        return np.str_(_text(self.value(node)))

    def read_bytes_scalar(self, node: object) -> np.bytes_:
        return np.bytes_(_exact(bytes, self.value(node)))

    # From here on, values are of pandas.

    def read_timestamp(self, node: object, zone: object) -> Any:
        moment = _pandas().Timestamp(_exact(np.datetime64, self.value(node)))
        tz = self.zone(zone)
        return moment if tz is None else moment.tz_localize("UTC").tz_convert(tz)

    def read_duration(self, node: object) -> Any:
        return _pandas().Timedelta(_exact(np.timedelta64, self.value(node)))

    def read_nat(self) -> Any:
        return _pandas().NaT

    def read_na(self) -> Any:
        return _pandas().NA

    def read_period(self, node: object, frequency: object) -> Any:
        ordinal = _exact(int, self.value(node))
        return _pandas().Period(ordinal=ordinal, freq=_frequency(frequency))

    def read_interval(self, left: object, right: object, closed: object) -> Any:
        return _pandas().Interval(self.value(left), self.value(right), _text(closed))

    def read_frame(self, labels: object, rows: object, *nodes: object) -> Any:
        self.charge(_COST_TABLE)
        columns, index = self.index(labels), self.index(rows)
        if len(columns) != len(nodes):
            raise WireError("not as many columns as labels")
        data = {at: self.rows(node, index) for at, node in enumerate(nodes)}
        frame = _pandas().DataFrame(data, index=index, copy=False)
        frame.columns = columns
        return frame

    def read_series(self, label: object, rows: object, node: object) -> Any:
        self.charge(_COST_TABLE)
        name, index = self.name(label), self.index(rows)
        values = self.rows(node, index)
        return _pandas().Series(values, index=index, dtype=values.dtype, name=name, copy=False)

    def rows(self, node: object, index: Any) -> Any:
        """The values of one column, as many as there are rows."""
        self.charge(_COST_COLUMN)
        values = self.column(node)
        if len(values) != len(index):
            raise WireError("a column of another length than its index")
        if values.dtype == object:
            # As a Series, which keeps to the dtype it is told; a frame would infer one.
            return _pandas().Series(values, index=index, dtype=object, copy=False)
        return values

    def index(self, node: object) -> Any:
        """An index of any kind."""
        index = self.value(node)
        if not isinstance(index, _pandas().Index):
            raise WireError("not an index")
        return index

    def name(self, node: object) -> Any:
        """The name of an index or series, which has to be hashable."""
        name = self.value(node)
        hash(name)
        return name

    def read_range(self, start: object, stop: object, step: object, label: object) -> Any:
        bounds = [_exact(int, self.value(node)) for node in (start, stop, step)]
        # It takes no memory by itself, but whoever looks at its labels allocates them.
        self.charge(_COST_TABLE + _span([len(range(*bounds))], 8))
        return _pandas().RangeIndex(*bounds, name=self.name(label))

    def read_multi(self, labels: object, *nodes: object) -> Any:
        self.charge(_COST_TABLE)
        names = self.run(labels)
        hash(tuple(names))
        levels: list[Any] = []
        codes: list[NDArray[Any]] = []
        for level, code in zip(nodes[::2], nodes[1::2], strict=True):
            levels.append(self.index(level))
            codes.append(self.codes(code, levels[-1]))
        if len(set(map(len, codes))) != 1:
            raise WireError("levels of different lengths")
        # pandas' own checks would hash the labels of every level; these were checked above.
        return _pandas().MultiIndex(levels, codes, names=names, verify_integrity=False)

    def codes(self, node: object, labels: Any) -> NDArray[Any]:
        """Positions in labels that are distinct; -1 where one is missing."""
        self.check_labels(labels)
        codes = self.plain(node)
        if codes.dtype.kind != "i":
            raise WireError("codes that are not integers")
        if codes.size and not -1 <= codes.min() <= codes.max() < len(labels):
            raise WireError("codes without a label")
        return codes

    def read_index(self, label: object, frequency: object, node: object) -> Any:
        self.charge(_COST_TABLE)
        name, values = self.name(label), self.column(node)
        index = _pandas().Index(values, dtype=values.dtype, name=name, copy=False)
        if frequency is not None:
            if index.dtype.kind not in "mM":
                raise WireError("a frequency of something else than times")
            text = _frequency(frequency)
            if not _VECTORISED_FREQUENCY.fullmatch(text):
                self.charge(_COST_FREQUENCY * len(index))
            index.freq = text
        return index

    def column(self, node: object) -> Any:
        """What a Series or Index holds: a one-dimensional array of numpy or pandas."""
        return self.dispatch(_COLUMN_READERS, node)

    def plain(self, node: object) -> NDArray[Any]:
        """A column of numpy's."""
        tag, *fields = _exact(list, node)
        if tag != "array":
            raise WireError("not a column of numpy's")
        return self.read_plain(*fields)

    def read_plain(self, *fields: object) -> NDArray[Any]:
        array = self.read_array(*fields)
        dtype = array.dtype
        if array.ndim != 1 or dtype.kind in "US":
            raise WireError("an array that no column holds")
        if dtype.kind in "mM" and np.datetime_data(dtype) not in _PANDAS_UNITS:
            raise WireError("times in a unit that pandas lacks")
        return array

    def mask(self, node: object) -> NDArray[np.bool_]:
        mask = self.plain(node)
        if mask.dtype != np.bool_:
            raise WireError("a mask that is not boolean")
        return mask

    def read_text_column(self, missing: object, mask: object, node: object) -> Any:
        pd = _pandas()
        if missing not in ("NA", "NaN"):
            raise WireError("an unknown missing value")
        na_value = pd.NA if missing == "NA" else np.nan
        absent = None if mask is None else self.mask(mask)
        texts = self.run(node)
        if not set(map(type, texts)) <= {str}:
            raise WireError("a column of text that holds something else")
        values = np.fromiter(texts, object, len(texts))
        if absent is not None:
            values[absent] = na_value
        return pd.array(values, dtype=pd.StringDtype("python", na_value=na_value))

    def read_categorical(self, ordered: object, labels: object, node: object) -> Any:
        pd = _pandas()
        categories = self.index(labels)
        codes = self.codes(node, categories)
        dtype = pd.CategoricalDtype(categories, ordered=_exact(bool, ordered))
        return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)

    def read_zoned(self, zone: object, node: object) -> Any:
        tz, moments = self.zone(zone), _pandas().array(self.plain(node), copy=False)
        return moments.tz_localize("UTC").tz_convert(tz)

    def read_masked(self, node: object, mask: object) -> Any:
        arrays = _pandas().arrays
        values, missing = self.plain(node), self.mask(mask)
        if len(values) != len(missing):
            raise WireError("a mask of another length than its values")
        kinds = {
            "b": arrays.BooleanArray,
            "i": arrays.IntegerArray,
            "u": arrays.IntegerArray,
            "f": arrays.FloatingArray,
        }
        return kinds[values.dtype.kind](values, missing)

    def read_periods(self, frequency: object, node: object) -> Any:
        pd = _pandas()
        dtype, ordinals = pd.PeriodDtype(_frequency(frequency)), self.plain(node)
        if ordinals.dtype != np.int64:
            raise WireError("periods that are not numbered")
        return pd.arrays.PeriodArray(ordinals, dtype=dtype)

    def read_intervals(self, closed: object, left: object, right: object) -> Any:
        bounds = self.index(left), self.index(right)
        return _pandas().arrays.IntervalArray.from_arrays(*bounds, closed=_text(closed))


_WRITERS: dict[type, Callable[[_Writer, Any], Node]] = {
    Handle: _Writer.write_handle,
    Opaque: _Writer.write_opaque,
    int: _Writer.write_int,
    float: _Writer.write_float,
    complex: _Writer.write_complex,
    str: _Writer.write_str,
    bytes: _Writer.write_bytes,
    Decimal: _Writer.write_decimal,
    dt.date: _Writer.write_date,
    dt.time: _Writer.write_time,
    dt.datetime: _Writer.write_datetime,
    dt.timedelta: _Writer.write_timedelta,
    list: _Writer.write_list,
    tuple: _Writer.write_tuple,
    dict: _Writer.write_dict,
    set: _Writer.write_set,
    frozenset: _Writer.write_set,
    np.ndarray: _Writer.write_array,
    **{np.dtype(code).type: _Writer.write_scalar for code in "?bBhHiIlLqQefdFDmM"},
    np.str_: _Writer.write_str_scalar,
    np.bytes_: _Writer.write_bytes_scalar,
}

# How to read an instance of a subclass past whatever the subclass overrides. An OrderedDict comes
# before dict, for dict's methods do not know its order.
_PLAIN: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, str.__str__),
    (int, int.__int__),
    (float, float.__float__),
    (complex, complex.__complex__),
    (bytes, bytes.__bytes__),
    (list, list.copy),
    (tuple, lambda value: tuple.__getitem__(value, slice(None))),
    (OrderedDict, lambda value: dict(OrderedDict.items(value))),
    (dict, lambda value: dict(dict.items(value))),
    (set, lambda value: set(set.__iter__(value))),
    (frozenset, lambda value: frozenset(frozenset.__iter__(value))),
)

_READERS: dict[str, Callable[..., Any]] = {
    "handle": _Reader.read_handle,
    "opaque": _Reader.read_opaque,
    "int": _Reader.read_int,
    "float": _Reader.read_float,
    "complex": _Reader.read_complex,
    "str": _Reader.read_str,
    "hex": _Reader.read_hex,
    "bytes": _Reader.read_bytes,
    "decimal": _Reader.read_decimal,
    "date": _Reader.read_date,
    "time": _Reader.read_time,
    "datetime": _Reader.read_datetime,
    "timedelta": _Reader.read_timedelta,
    "list": _Reader.read_list,
    "tuple": _Reader.read_tuple,
    "dict": _Reader.read_dict,
    "set": _Reader.read_set,
    "frozenset": _Reader.read_frozenset,
    "array": _Reader.read_array,
    "scalar": _Reader.read_scalar,
    "str_": _Reader.read_str_scalar,
    "bytes_": _Reader.read_bytes_scalar,
    "timestamp": _Reader.read_timestamp,
    "duration": _Reader.read_duration,
    "NaT": _Reader.read_nat,
    "NA": _Reader.read_na,
    "period": _Reader.read_period,
    "interval": _Reader.read_interval,
    "frame": _Reader.read_frame,
    "series": _Reader.read_series,
    "range": _Reader.read_range,
    "multi": _Reader.read_multi,
    "index": _Reader.read_index,
}

_COLUMN_READERS: dict[str, Callable[..., Any]] = {
    "array": _Reader.read_plain,
    "text": _Reader.read_text_column,
    "categorical": _Reader.read_categorical,
    "zoned": _Reader.read_zoned,
    "masked": _Reader.read_masked,
    "periods": _Reader.read_periods,
    "intervals": _Reader.read_intervals,
}


def _pandas() -> Any:
    """The pandas module, untyped: its stubs do not know all that is asked of it here."""
    import pandas as pd  # noqa: PLC0415 it takes half a second, and most frames do not need it

    return pd


def _pandas_writers() -> dict[type, Callable[[_Writer, Any], Node]]:
    """The writers for types of pandas. While it is not imported there can be no such value."""
    return _writers_by_type() if "pandas" in sys.modules else {}


@cache
def _writers_by_type() -> dict[type, Callable[[_Writer, Any], Node]]:
    pd = _pandas()
    return {
        pd.Timestamp: _Writer.write_timestamp,
        pd.Timedelta: _Writer.write_duration,
        type(pd.NaT): _Writer.write_nat,
        type(pd.NA): _Writer.write_na,
        pd.Period: _Writer.write_period,
        pd.Interval: _Writer.write_interval,
        pd.DataFrame: _Writer.write_frame,
        pd.Series: _Writer.write_series,
        pd.RangeIndex: _Writer.write_range,
        pd.MultiIndex: _Writer.write_multi,
        pd.Index: _Writer.write_index,
        pd.CategoricalIndex: _Writer.write_index,
        pd.DatetimeIndex: _Writer.write_index,
        pd.IntervalIndex: _Writer.write_index,
        pd.PeriodIndex: _Writer.write_index,
        pd.TimedeltaIndex: _Writer.write_index,
    }


@cache
def _column_writers() -> dict[type, Callable[[_Writer, Any], Node]]:
    """How to write the arrays of pandas, by the type of their dtype."""
    pd = _pandas()
    return {
        pd.StringDtype: _Writer.write_text_column,
        pd.CategoricalDtype: _Writer.write_categorical,
        pd.DatetimeTZDtype: _Writer.write_zoned,
        pd.PeriodDtype: _Writer.write_periods,
        pd.IntervalDtype: _Writer.write_intervals,
        **{getattr(pd, f"{name}Dtype"): _Writer.write_masked for name in _MASKED},
    }


def _json_int(digits: str) -> int:
    if len(digits) > len(str(-_SAFE_INT)):
        raise WireError("an integer of too many digits")
    return int(digits)


def _no_json(_: object) -> NoReturn:
    raise WireError("an object, NaN or Infinity, of which no header has any")


_JSON = json.JSONDecoder(parse_int=_json_int, parse_constant=_no_json, object_pairs_hook=_no_json)
_c: Any = json.encoder  # whose parts in C the type stubs do not list
_encoder: Any = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":")
).iterencode
if _c.c_make_encoder is not None:
    # The same without the methods of a class, which a submission can set anew.
    _encoder = _c.c_make_encoder(
        None, _no_json, _c.c_encode_basestring, None, ":", ",", False, False, False
    )


def _dumps(node: Node) -> str:
    return "".join(_encoder(node, 0))


def _count_nodes(header: bytes) -> int:
    """Count the values in a JSON text without parsing it; rather too many than too few."""
    return 1 + header.count(b",") + header.count(b"[") + header.count(b"{")


def _exact(kind: type[Any], value: object) -> Any:
    """Return the value if it is of exactly this type."""
    if type(value) is not kind:
        raise WireError(f"something else than {kind.__name__}")
    return value


def _text(value: object) -> str:
    text: str = _exact(str, value)
    return text


def legible(text: str) -> str:
    """The text with what is neither printable nor a tab nor the end of a line shown as U+FFFD.

    For what becomes part of a message: no terminal may obey it, and half a surrogate pair could not
    even be written down.
    """
    if text.isprintable():
        return text
    kept = (c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)
    return "".join(kept)


def _short(value: object) -> str:
    text = _text(value)
    if len(text) > MAX_TEXT:
        raise WireError("a record with a text that is not cut")
    return text


def _natural(value: object) -> int:
    number: int = _exact(int, value)
    if number < 0:
        raise WireError("a negative number")
    return number


def _check_distinct(keys: list[Any], made: Collection[Any]) -> None:
    """Refuse keys of which some are missing in the dict or set made from them."""
    if len(made) != len(keys):
        raise WireError("repeated keys")


def _span(shape: Sequence[int], itemsize: int) -> int:
    """The bytes of an array, as if no dimension were zero."""
    return math.prod(dim or 1 for dim in shape) * itemsize


def _is_carried(dtype: str) -> bool:
    """Whether the items of a dtype, given by its `str`, travel as raw bytes."""
    return dtype in _NUMBERS or _SIZED.fullmatch(dtype) is not None


@lru_cache(maxsize=256)
def _dtype(text: str) -> np.dtype[Any]:
    dtype = np.dtype(text) if _is_carried(text) else None
    if dtype is None or dtype.str != text:
        raise WireError("an unknown dtype")
    return dtype


def _valid(items: NDArray[Any]) -> NDArray[Any]:
    """Return the items, of which there are some, if they are values of their dtype.

    numpy takes it for granted: it counts booleans by adding up their bytes, and makes room for as
    many as that.
    """
    dtype = items.dtype
    if dtype.kind == "b" and items.view(np.uint8).max() > 1:
        raise WireError("a boolean that is neither 0 nor 1")
    if dtype.kind == "U":
        characters = items.view(np.dtype(np.uint32).newbyteorder(dtype.byteorder))
        if characters.max() > sys.maxunicode:
            raise WireError("a character beyond Unicode")
    return items


def _is_carried_decimal(text: str, value: Decimal) -> bool:
    is_bounded = not value.is_finite() or abs(value.adjusted()) <= _DECIMAL_EXPONENT
    return is_bounded and len(text) <= _DECIMAL_DIGITS


@lru_cache(maxsize=1024)
def _zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone of a name. Kept, for zoneinfo keeps few and reads a file for each of the others."""
    if not _ZONE.fullmatch(name):
        raise WireError("not the name of a time zone")
    return zoneinfo.ZoneInfo(name)


def _frequency(value: object) -> str:
    text = _text(value)
    if not _FREQUENCY.fullmatch(text):
        raise WireError("not a frequency")
    return text


def _offset(frequency: str) -> Any:
    return _pandas().tseries.frequencies.to_offset(frequency)


def _shown(key: object) -> str:
    """A key or label as paths show it: its repr where that can be trusted, else its type."""
    if type(key) in (str, float, bool) or (type(key) is int and abs(key) <= _SAFE_INT):
        return repr(key)[:MAX_TEXT]
    return f"<{type(key).__name__}>"


def arrives_within(sock: socket.socket, seconds: float) -> bool:
    """Look for something to read for this long, without going to sleep over it.

    Waking up costs more than most calls, so a short wait is better spent looking.
    """
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    end = time.monotonic() + seconds
    while not poll.poll(0):
        if time.monotonic() >= end:
            return False
    return True


def send_frame(
    sock: socket.socket,
    segments: Sequence[Segment],
    *,
    clock: Callable[[], float] = time.monotonic,
    deadline: float | None = None,
) -> None:
    """Send a frame over a stream socket, whose timeout is changed.

    Args:
        sock: The socket.
        segments: What `encode` has returned.
        clock: What the deadline is compared with, in seconds.
        deadline: When all of it has to be sent.

    Raises:
        TimeoutError: The deadline has passed; part of the frame may be sent.
        EOFError: The other side has hung up.
    """
    left = [memoryview(segment) for segment in reversed(segments)]
    try:
        while left:
            _arm(sock, clock, deadline)
            sent = sock.sendmsg(left[: -_VECTOR - 1 : -1])
            while left and sent >= len(left[-1]):
                sent -= len(left.pop())
            if sent:
                left[-1] = left[-1][sent:]
    except (BrokenPipeError, ConnectionResetError):
        raise EOFError("the other side has hung up") from None


def recv_frame(
    sock: socket.socket,
    *,
    limit: int,
    clock: Callable[[], float] = time.monotonic,
    deadline: float | None = None,
) -> tuple[bytes, memoryview]:
    """Receive the header and body of a frame from a stream socket, whose timeout is changed.

    Args:
        sock: The socket.
        limit: Bytes of header and body together, checked before any memory is taken.
        clock: What the deadline is compared with, in seconds.
        deadline: When all of it has to be here, however slowly it trickles in.

    Raises:
        TimeoutError: The deadline has passed.
        EOFError: The other side has hung up, between two frames or inside one.
        WireError: What comes is no frame, or too large.
    """
    prefix = memoryview(bytearray(_PREFIX.size))
    _fill(sock, prefix, clock, deadline)
    magic, header_size, body_size = _PREFIX.unpack(prefix)
    if magic != _MAGIC:
        raise WireError("no frame")
    if header_size > MAX_HEADER or header_size + body_size > limit:
        raise WireError("a frame larger than allowed")
    # One buffer, so that both arrive in one call, and the body aligned. numpy's is not filled with
    # zeros first, and has huge pages.
    start = header_size + -header_size % _ALIGNMENT
    buffer = np.empty(start + body_size, np.uint8).data
    _fill(sock, buffer[start - header_size :], clock, deadline)
    return bytes(buffer[start - header_size : start]), buffer[start:]


def _fill(
    sock: socket.socket, buffer: memoryview, clock: Callable[[], float], deadline: float | None
) -> None:
    at = 0
    try:
        while at < len(buffer):
            _arm(sock, clock, deadline)
            received = sock.recv_into(buffer[at:])
            if not received:
                raise EOFError("the other side has hung up")
            at += received
    except ConnectionResetError:
        raise EOFError("the other side has hung up") from None


def _arm(sock: socket.socket, clock: Callable[[], float], deadline: float | None) -> None:
    """Let the next call on the socket wait until the deadline, and no longer."""
    if deadline is None:
        sock.settimeout(None)
        return
    left = deadline - clock()
    if left <= 0:
        raise TimeoutError("the deadline has passed")
    sock.settimeout(left)
