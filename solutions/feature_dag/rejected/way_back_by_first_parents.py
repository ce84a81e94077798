"""Reads the way back from who first put a feature on the stack, not from whom the search went on to
it, so a cycle that two features lead into is not closed; breaks "each is computed from the next one
(c1 stands in the list of c0)".

verdict: runtime_error
property: test_a_cycle_is_returned_as_a_closed_path
"""

NEW, OPEN, DONE = 0, 1, 2


def _search(depends_on):
    """Return (names in order, None) or (None, cycle)."""
    for sources in depends_on.values():
        for source in sources:
            if source not in depends_on:
                raise ValueError("unknown name: " + repr(source))
    colour = dict.fromkeys(depends_on, NEW)
    finished = []
    parent = {}
    for root in depends_on:
        stack = [root]
        while stack:
            name = stack[-1]
            if colour[name] == NEW:
                colour[name] = OPEN
                for source in depends_on[name]:
                    if colour[source] == OPEN:
                        path = [name]
                        while path[-1] != source and len(path) <= len(depends_on):
                            path.append(parent[path[-1]])
                        return None, path[::-1] + [source]
                    if colour[source] == NEW:
                        if source not in parent:
                            parent[source] = name
                        stack.append(source)
            else:
                stack.pop()
                if colour[name] == OPEN:
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
