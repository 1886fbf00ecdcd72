"""Accounts: what the record holds of one thing, gathered and put in order, with who says it.

A session, a request and its answers, a topic, a body, the period between two sessions, a source. Each is a pure function
of the engine's standing to frozen values with a `to_json` that `schemas/` publishes; the command line and the web print
them and gather nothing themselves.
"""
