"""The demonstration edition: the 24th International Border Police Conference, Warsaw 2019.

The public facts of the event are records (:mod:`facts`); everybody and everything else
is generated, always alike, and marked so wherever it is shown.
"""
