"""How long things may take; seconds of wall time throughout."""

CALL_SECONDS = 2.0
"""One call of the learner's code, unless its property allows more."""

PROPERTY_SECONDS = 10.0
"""All the calls of one property, unless pytest's timeout (marker, ini, option) says otherwise."""

LOAD_SECONDS = 10.0
"""Importing the learner's file, libraries included."""

SHARE_AFTER_AN_OVERRUN = 0.5
"""What is left of a call's limit in the properties after one that overran: the submission's verdict
stands, so the learner need not wait as long for the rest."""

SHRINK_SECONDS = 3.0
"""The search for a smaller counterexample."""

SHRINK_EXAMPLES = 400
"""The same, as a number of examples: it is this limit that is met on an ordinary machine, so that
the counterexample is the same on each run."""

RECHECK_SECONDS = 1.0
"""Calls of one property that are asked again in a fresh process, by the time they had taken."""
