"""Notices a name that is no key only where the search comes by, so find_cycle returns a cycle that
it comes upon first; breaks "All three functions raise ValueError when a list in depends_on holds a
name that is no key".

verdict: wrong_answer
property: test_names_that_are_no_features_are_refused
"""

NEW, OPEN, DONE = 0, 1, 2


def _search(depends_on):
    """Return (names in order, None) or (None, cycle)."""
    colour = dict.fromkeys(depends_on, NEW)
    finished = []
    for root in depends_on:
        if colour[root] != NEW:
            continue
        colour[root] = OPEN
        path = [root]
        todo = [iter(depends_on[root])]
        while path:
            for source in todo[-1]:
                if source not in depends_on:
                    raise ValueError("unknown name: " + repr(source))
                if colour[source] == OPEN:
                    return None, path[path.index(source) :] + [source]
                if colour[source] == NEW:
                    colour[source] = OPEN
                    path.append(source)
                    todo.append(iter(depends_on[source]))
                    break
            else:
                name = path.pop()
                todo.pop()
                colour[name] = DONE
                finished.append(name)
    return finished, None


def order(depends_on: dict[str, list[str]]) -> list[str]:
    names, cycle = _search(depends_on)
    if cycle is not None:
        raise ValueError("cycle: " + " <- ".join(cycle))
    return names


def find_cycle(depends_on: dict[str, list[str]]) -> list[str] | None:
    return _search(depends_on)[1]


def recompute(depends_on, changed, wanted=None):
    names = order(depends_on)
    if not depends_on.keys() >= set(changed):
        raise ValueError("changed holds an unknown name")
    if wanted is not None and not depends_on.keys() >= set(wanted):
        raise ValueError("wanted holds an unknown name")
    stale = set(changed)
    for name in names:
        if any(source in stale for source in depends_on[name]):
            stale.add(name)
    if wanted is None:
        return [name for name in names if name in stale]
    needed = set(wanted)
    for name in reversed(names):
        if name in needed:
            needed.update(depends_on[name])
    return [name for name in names if name in stale and name in needed]
