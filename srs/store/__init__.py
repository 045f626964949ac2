"""The store: tables, how it is opened, and what is asked of it. It knows scheduler, deck and due; no screen, no clock.

Import the module that holds what you need, so that a command loads no more than it uses.
"""
