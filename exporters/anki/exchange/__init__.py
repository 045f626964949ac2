"""The exchange with a learner's own Anki collection: a pure plan over values, and the adapter that carries it out.

`values` are notes and cards as base, store and collection have them; `homeward` says what comes home from the
collection, `outward` what is written there, `looks` how note types look there. A real collection is read by `account`
and `there` and written by `writing`: they are alone in knowing the package `anki`, which is imported when it is needed.
"""
