"""A demo clinic on an ordinary day: every row is made by the same actions that the pages call.

Each client's story is a generator that yields the moment of its next step; `running` takes the
steps of all clients in the order of time and stops at now, so whatever state a story has reached by
then is what the clinic finds. The clock is read by the command alone.
"""
