"""Compute counts and sums per card over sliding windows of a stream of transactions.

A stolen card shows by its velocity: many payments, or much money, in a short
time. Write the class `Velocity` below, which computes these features for every
transaction of a stream whose transactions may come out of order.

    velocity = Velocity(windows=[60, 3600], lateness=10)
    velocity.push(
        [("card 1", 100, 500), ("card 1", 130, 200), ("card 2", 125, 80)]
    )
    # [("card 1", 100, [1, 1], [500, 500])]
    velocity.push([("card 1", 145, 100)])
    # [("card 2", 125, [1, 1], [80, 80]), ("card 1", 130, [2, 2], [700, 700])]
    velocity.flush()
    # [("card 1", 145, [3, 3], [800, 800])]

A transaction is a tuple (card, time, amount) of a str and two ints: seconds,
and cents. `push` takes a batch of transactions in the order in which they
arrive.

What is graded
--------------
* Clock and lateness. The clock is the largest time of all transactions that
  have arrived so far, of any card. A transaction is late if at its arrival its
  time is less than the clock - lateness. A late transaction gets no result and
  counts in no window. `velocity.late` is the number of late transactions so
  far, an int.
* Features. For each transaction that is not late there is one result, a tuple
  (card, time, counts, sums). counts and sums are lists of as many ints as
  there are windows, in their order: for a window of w seconds, the number and
  the sum of the amounts of this card's transactions with time - w < t <= time,
  where t is their time. The transaction itself counts. All that are not late
  count, in whatever order they arrived: also those that arrived after it, and
  all that have the very same time.
* When. The result of a transaction is final as soon as its time is less than
  the clock - lateness, since whatever arrives then at or before its time is
  late. Each call of `push` returns the results that have become final by the
  end of its batch and were not returned before. `flush` returns all results
  that are left, for a stream that has ended; nothing is called afterwards.
* Order. Each list of results is ordered by time, and results of the same time
  by the order in which their transactions arrived. So the results of all
  calls, one list after the other, do not depend on how the stream is cut into
  batches.
* Numbers. Times are ints from -10**15 to 10**15 and amounts from -10**18 to
  10**18 (refunds are negative), windows ints up to 10**15, and lateness is an
  int from 0 to 10**15. All sums are exact, beyond 2**63 as well. Cards are any
  strings. A batch may be empty. The time may jump by any number of seconds.
* Errors. ValueError when windows is empty, when a window is less than 1, or
  when lateness is less than 0. Windows may come in any order, and the same one
  twice.
* Objects are independent of each other. Batches and windows are left
  unchanged.
* Cost. 10,000 transactions in batches of 200, about one in a second and held up
  by up to 500 seconds, with windows of 7,000 and 50 seconds, take at most 7
  times the processor time of plain Python that sorts them, adds them up
  without any windows, and hands as many results over: both when all are on one
  card and when each is on a card of its own. So go neither through a window
  nor through all cards for each transaction.
* Memory. What is kept does not grow with the stream: it is in proportion to
  the number of windows times that of the transactions which lie within the
  longest window plus the lateness before the clock. What is older is
  forgotten, and so is a card that has nothing left in this time, even if it
  never comes again. (This is tried with long names: 135 cards whose names take
  8 MB each, one in each batch and at most 10 of them within that time, in a
  process that may take 1 GiB.)

What is allowed
---------------
The standard library and NumPy. Not allowed are pandas and other libraries that
bring windows or streams.

Each call may take 2 seconds.
"""


class Velocity:
    """Counts and sums per card over sliding windows, for a stream that is out of order.

    late: number of transactions so far that arrived too late to count.
    """

    def __init__(self, windows: list[int], lateness: int) -> None:
        raise NotImplementedError

    def push(
        self, batch: list[tuple[str, int, int]]
    ) -> list[tuple[str, int, list[int], list[int]]]:
        """Take the next transactions; return the results that have become final."""
        raise NotImplementedError

    def flush(self) -> list[tuple[str, int, list[int], list[int]]]:
        """Return the results that are left, at the end of the stream."""
        raise NotImplementedError
