"""Where there is a cycle, follows every path from every feature until one comes back to itself; breaks
"follow no path twice: there can be 2**n paths between n features".

verdict: time_limit_exceeded
property: test_deep_graphs_are_no_harder_than_flat_ones
"""

from collections import deque


def check(depends_on):
    for name, sources in depends_on.items():
        for source in sources:
            if source not in depends_on:
                raise ValueError(f"{source!r} is no feature")


def dependents_of(depends_on):
    dependents = {name: [] for name in depends_on}
    for name, sources in depends_on.items():
        for source in dict.fromkeys(sources):
            dependents[source].append(name)
    return dependents


def peel(depends_on):
    """Return the names in order, without those on cycles or computed from cycles."""
    check(depends_on)
    dependents = dependents_of(depends_on)
    waiting = {name: len(set(sources)) for name, sources in depends_on.items()}
    ready = deque(name for name in depends_on if waiting[name] == 0)
    done = []
    while ready:
        name = ready.popleft()
        done.append(name)
        for other in dependents[name]:
            waiting[other] -= 1
            if waiting[other] == 0:
                ready.append(other)
    return done


def order(depends_on):
    done = peel(depends_on)
    if len(done) < len(depends_on):
        raise ValueError("there is a cycle")
    return done


def find_cycle(depends_on):
    if len(peel(depends_on)) == len(depends_on):
        return None
    for start in depends_on:
        stack = [(start, [start])]
        while stack:
            name, path = stack.pop()
            for source in depends_on[name]:
                if source in path:
                    return path[path.index(source) :] + [source]
                stack.append((source, path + [source]))


def reached(start, neighbours):
    found = set(start)
    stack = list(found)
    while stack:
        for other in neighbours[stack.pop()]:
            if other not in found:
                found.add(other)
                stack.append(other)
    return found


def recompute(depends_on, changed, wanted=None):
    in_order = order(depends_on)
    for name in [*changed, *(wanted or [])]:
        if name not in depends_on:
            raise ValueError(f"{name!r} is no feature")
    stale = reached(changed, dependents_of(depends_on))
    if wanted is not None:
        stale &= reached(wanted, depends_on)
    return [name for name in in_order if name in stale]
