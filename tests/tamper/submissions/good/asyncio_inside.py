import asyncio

_direct = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    async def work():
        return _direct(X, k, max_iter=max_iter, seed=seed)

    return asyncio.run(work())
