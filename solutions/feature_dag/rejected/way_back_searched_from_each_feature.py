"""Searches from one feature after the other for a way back to it, also from all those that only lead
to a cycle; breaks "Time grows in proportion to the number of features plus the total length of the
lists, in all three functions".

verdict: time_limit_exceeded
property: test_the_cost_grows_linearly_with_features_and_lists
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
    done = set(peel(depends_on))
    for start in depends_on:
        if start in done:
            continue
        came_from = {}
        waiting = deque([start])
        while waiting and start not in came_from:
            name = waiting.popleft()
            for source in depends_on[name]:
                if source not in done and source not in came_from:
                    came_from[source] = name
                    waiting.append(source)
        if start in came_from:
            path = [start]
            while len(path) == 1 or path[-1] != start:
                path.append(came_from[path[-1]])
            return path[::-1]
    return None


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
