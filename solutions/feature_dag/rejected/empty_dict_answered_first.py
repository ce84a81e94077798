"""Returns at once for an empty dict, before it looks at changed and wanted; breaks "`recompute` raises
ValueError when changed or wanted holds a name that is no key".

verdict: wrong_answer
property: test_names_that_are_no_features_are_refused
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
    left = set(depends_on).difference(peel(depends_on))
    if not left:
        return None
    name = next(iter(left))
    path = []
    position = {}
    while name not in position:
        position[name] = len(path)
        path.append(name)
        name = next(source for source in depends_on[name] if source in left)
    return path[position[name] :] + [name]


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
    if not depends_on:
        return []
    in_order = order(depends_on)
    for name in [*changed, *(wanted or [])]:
        if name not in depends_on:
            raise ValueError(f"{name!r} is no feature")
    stale = reached(changed, dependents_of(depends_on))
    if wanted is not None:
        stale &= reached(wanted, depends_on)
    return [name for name in in_order if name in stale]
