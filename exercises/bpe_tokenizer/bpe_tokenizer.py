"""Implement a byte-pair encoding tokenizer: train, encode and decode.

Write the three functions below: byte-level BPE, as language models use it.

    merges = train(["low lower", "lowest"], 3)
    # [(108, 111), (256, 119), (257, 101)]
    ids = encode("slow", merges)    # [115, 257]
    decode(ids, merges)             # "slow"

A token is an int, Python's or NumPy's. The tokens 0 to 255 are the bytes of
UTF-8. Entry i of merges, a pair (a, b) of tokens less than 256 + i, makes the
token 256 + i, which stands for the bytes of a followed by those of b.

To apply a merge (a, b) to a sequence of tokens is to walk through it from left
to right, and to replace each a that is followed by a b, and this b, by the new
token; the walk goes on behind the two. So (a, a) makes a a a into one new
token and one a.

What is graded
--------------
* Training. `train` begins with one sequence of bytes for each text. Again and
  again it takes the pair of adjacent tokens that occurs most often, notes it
  as the next merge, and applies it to all sequences. The number of occurrences
  of a pair (a, b) is the number of places, in all sequences together, at which
  a b comes directly after an a: (a, a) occurs twice in a a a. No pair reaches
  from one text into the next one.
* Ties. Among the pairs that occur most often, the smallest one is taken: the
  one with the smallest first token, and among these the one with the smallest
  second.
* End. `train` ends after n_merges merges, or sooner when no pair occurs at
  least twice (in a a a one does). It returns the merges as a list of tuples of
  two ints.
* Encoding. `encode` begins with the bytes of the text, applies merges[0] to
  them, then merges[1] to the result, and so on to the last one, and returns
  what then stands there as a list of ints. This is not the same as taking the
  longest token that fits.
* Decoding. `decode` returns the text whose UTF-8 is the bytes of all ids, one
  after the other. Bytes that are no UTF-8 are replaced as by
  `bytes.decode("utf-8", errors="replace")`, once all of them stand side by
  side: a character's bytes may be spread over several tokens.
* Round trip. decode(encode(text, merges), merges) == text for every text.
* Input. A text is any str without lone surrogates: all of Unicode, the empty
  text, control characters, and characters that look alike but are not the
  same. texts is a list of such, maybe empty; n_merges is an int. merges is a
  list of up to 2,000 tuples of two ints as above, and need not come from
  `train`; no pair stands in it twice, and no token stands for more than 4,000
  bytes. ids is a list of up to 8,000 ints. Merges may build on each other in a
  chain of 2,000.
* Errors. ValueError when n_merges is less than 0, and when ids holds a number
  that is no token: less than 0, or 256 + len(merges) or more.
* Calls are independent: equal calls give equal answers, whatever was called
  before. The caller may overwrite what is returned, and call again. Arguments
  are left unchanged.
* Cost. For one text of 8,000 bytes, train with 800 merges takes at most 15
  times the processor time of plain Python that counts the pairs of the text 10
  times over, and so do encode and decode together, with 800 merges. So for a
  single merge walk neither through the whole text nor through all pairs that
  occur, in Python at least.

What is allowed
---------------
The standard library and NumPy. Not allowed are libraries that bring
tokenizers.

Each call may take 2 seconds.
"""


def train(texts: list[str], n_merges: int) -> list[tuple[int, int]]:
    """Return up to n_merges merges, in the order in which they were made."""
    raise NotImplementedError


def encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Return the tokens of the text, all merges applied in their order."""
    raise NotImplementedError


def decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """Return the text that the tokens stand for."""
    raise NotImplementedError
