"""The engine of a repository of machine-learning interview exercises."""

__version__ = "0.1.0"
