"""The standard library's TopologicalSorter, whose CycleError is a ValueError and holds a cycle the
other way round.

uses: graphlib
"""

from graphlib import CycleError, TopologicalSorter


def check(depends_on):
    for name, sources in depends_on.items():
        for source in sources:
            if source not in depends_on:
                raise ValueError(f"{source!r} is no feature")


def order(depends_on):
    check(depends_on)
    return list(TopologicalSorter(depends_on).static_order())


def find_cycle(depends_on):
    check(depends_on)
    try:
        TopologicalSorter(depends_on).prepare()
    except CycleError as error:
        return error.args[1][::-1]
    return None


def recompute(depends_on, changed, wanted=None):
    sequence = order(depends_on)
    for name in list(changed) + list(wanted or []):
        if name not in depends_on:
            raise ValueError("unknown name " + name)
    stale = set()
    start = set(changed)
    for name in sequence:
        if name in start or any(source in stale for source in depends_on[name]):
            stale.add(name)
    if wanted is not None:
        needed, stack = set(), list(wanted)
        while stack:
            name = stack.pop()
            if name not in needed:
                needed.add(name)
                stack.extend(depends_on[name])
        stale &= needed
    return [name for name in sequence if name in stale]
