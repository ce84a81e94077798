"""How long things may take; seconds of wall time throughout."""

CALL_SECONDS = 2.0
"""One call of the learner's code, unless its property allows more."""

PROPERTY_SECONDS = 10.0
"""All the calls of one property, unless pytest's timeout (marker, ini, option) says otherwise."""

LOAD_SECONDS = 10.0
"""Importing the learner's file, libraries included."""

COUNTING = 4
"""While lines or memory are counted, time runs so many times as slowly for a call's limit and for
its property's: code in plain Python takes up to ten times as long then, which is not its fault."""

SHARE_AFTER_AN_OVERRUN = 0.5
"""What is left of a call's limit in the properties after one that overran: the submission's verdict
stands, so the learner need not wait as long for the rest."""

SHRINK_EXAMPLES = 400
"""The search for a smaller counterexample, as a number of examples: of the three limits this is the
one that is met, on a busy machine too, so that the counterexample is the same on each run."""

SHRINK_CALL_SECONDS = 3.0
"""The same, for calls that take long themselves: by the worker's clock."""

SHRINK_SECONDS = 10.0
"""The same, for a grader that takes long."""

DEATH_EXAMPLES = 10
"""As how many examples of that search one counts on which the worker dies."""

RECHECK_SECONDS = 1.0
"""Calls of one property that are asked again in a fresh process, by the time they had taken."""
