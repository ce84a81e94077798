"""Lets `python -m kata` do what `kata` does."""

from kata.cli import main

main()
