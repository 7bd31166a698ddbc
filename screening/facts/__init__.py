"""Frozen answers as one narrow typed row, and rule packs as SQL over such rows. Pure.

- ``Slots``, ``facts_of_pack``: which fact lies in which column.
- ``facts_of(pack, slots, context, answers) -> Row``: the row of one screening.
- ``levels_select(pack, slots, table)``: the level of each row on its planned day.
- ``differs(old, new, slots)``: whether two packs may judge a row differently.
"""
