"""The exchange with a learner's own Anki collection: a pure plan over values, and the adapter that carries it out.

`values` are notes and cards as base, store and collection have them; `homeward` says what comes home from the
collection, `outward` what is written there, `looks` how note types look there; `account` reads and writes a real
collection, and is alone in knowing the package `anki`, which is imported when it is needed.
"""
