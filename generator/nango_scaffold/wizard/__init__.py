"""The wizard: ``nango-scaffold new`` at a terminal asks for what it was not told.

The middle is pure: a draft is what was said so far (``draft``), each question comes with the default that derivation
itself would take (``questions``, ``rehearsal``), and every answer is tried by deriving the whole before it is taken.
Only ``terminal`` and ``plain`` talk to a person, and only ``keep`` writes a file: the answers, where the person says.
"""
