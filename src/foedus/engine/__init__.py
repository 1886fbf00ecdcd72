"""The engine: from charter and live entries to timelines with reasons, and from those to answers and findings.

A pure function of (charter, entries, known). Nothing here reads a clock, a file or a random number.
"""
