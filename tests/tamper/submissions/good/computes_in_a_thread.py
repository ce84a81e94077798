import threading

_in_line = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    outcome = []

    def work():
        try:
            outcome.append((True, _in_line(X, k, max_iter=max_iter, seed=seed)))
        except ValueError as error:
            outcome.append((False, error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    well, value = outcome[0]
    if well:
        return value
    raise value
