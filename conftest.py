"""Loads the engine into pytest."""

pytest_plugins = ["kata.plugin"]
