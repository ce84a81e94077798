"""Renderers of a report, one file a format; each is a pure function of the report."""
