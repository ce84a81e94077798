"""Depth-first search with its own stack and three states; passes over the order mark what is
stale and what is needed."""


def check(depends_on):
    for name, sources in depends_on.items():
        for source in sources:
            if source not in depends_on:
                raise ValueError(f"{source!r} is no feature")


def search(depends_on):
    """Depth-first: return (names in order, None) or (None, a cycle)."""
    check(depends_on)
    state = {}
    done = []
    for root in depends_on:
        if root in state:
            continue
        state[root] = "open"
        path = [root]
        iterators = [iter(depends_on[root])]
        while path:
            for source in iterators[-1]:
                if source not in state:
                    state[source] = "open"
                    path.append(source)
                    iterators.append(iter(depends_on[source]))
                    break
                if state[source] == "open":
                    return None, path[path.index(source) :] + [source]
            else:
                iterators.pop()
                name = path.pop()
                state[name] = "closed"
                done.append(name)
    return done, None


def order(depends_on):
    done, cycle = search(depends_on)
    if cycle is not None:
        raise ValueError("cycle: " + " <- ".join(cycle))
    return done


def find_cycle(depends_on):
    return search(depends_on)[1]


def recompute(depends_on, changed, wanted=None):
    in_order = order(depends_on)
    if not set(changed) <= set(depends_on) or not set(wanted or ()) <= set(depends_on):
        raise ValueError("changed or wanted holds an unknown name")
    stale = set(changed)
    for name in in_order:
        if not stale.isdisjoint(depends_on[name]):
            stale.add(name)
    if wanted is None:
        return [name for name in in_order if name in stale]
    needed = set(wanted)
    for name in reversed(in_order):
        if name in needed:
            needed.update(depends_on[name])
    return [name for name in in_order if name in stale and name in needed]
