"""Lets `python -m kata` do what `kata` does."""

from kata.cli import main

if __name__ == "__main__":  # not in the processes that `kata verify` starts
    main()
