"""Sorts the changed features and their users into order, with a name twice that stands twice in
`changed`. Only where something is wanted does a set take care of that; breaks "Each name occurs once".

verdict: wrong_answer
property: test_just_what_a_change_makes_stale_is_computed_anew
"""


def order(depends_on):
    done = _computable(depends_on)
    if len(done) < len(depends_on):
        raise ValueError(f"these features need each other: {' <- '.join(find_cycle(depends_on))}")
    return done


def find_cycle(depends_on):
    done = set(_computable(depends_on))
    left = next((name for name in depends_on if name not in done), None)
    if left is None:
        return None
    # Whatever waits, waits for something that waits: going on from one to the next, always into
    # what is left over, must come back to where it has been.
    place = {}
    path = []
    while left not in place:
        place[left] = len(path)
        path.append(left)
        left = next(source for source in depends_on[left] if source not in done)
    return [*path[place[left] :], left]


def recompute(depends_on, changed, wanted=None):
    in_order = order(depends_on)
    for name in [*changed, *(wanted or [])]:
        if name not in depends_on:
            raise ValueError(f"{name!r} is no feature")
    stale = _reachable(_users(depends_on), changed)
    if wanted is not None:
        stale &= _reachable(depends_on, wanted)
        return [name for name in in_order if name in stale]
    place = {name: at for at, name in enumerate(in_order)}
    users = stale.difference(changed)
    return sorted([*changed, *users], key=place.__getitem__)


def _computable(depends_on):
    """The features that can be computed, in a valid order: all that do not wait for a cycle."""
    users = _users(depends_on)
    # A name that stands in a list twice is waited for twice, and comes twice.
    waits_for = {name: len(sources) for name, sources in depends_on.items()}
    done = [name for name, count in waits_for.items() if not count]
    for name in done:  # the list grows while it is gone through
        for user in users[name]:
            waits_for[user] -= 1
            if not waits_for[user]:
                done.append(user)
    return done


def _users(depends_on):
    """The same edges the other way round: which features are computed from each."""
    users = {name: [] for name in depends_on}
    for name, sources in depends_on.items():
        for source in sources:
            if source not in users:
                raise ValueError(f"{name!r} is computed from {source!r}, which is no feature")
            users[source].append(name)
    return users


def _reachable(edges, starts):
    """The starts and all that edges lead to from them; without recursion, for long chains."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for name in edges[waiting.pop()]:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found
