"""Changing a rule pack by hand: what is different, what it says in words, what to look out for.

Everything here is a pure function of a pack's plain tables (`{"questions": …, "rules": …}`, as
its files hold them): no database, no clock, no request. Translation is all it takes from Django.
"""
