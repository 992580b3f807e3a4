"""Errors a user can cause: each says what is wrong, where, and what to do about it."""

from __future__ import annotations


class AttuneError(Exception):
    """Base of every error that a user can cause and mend.

    Args:
        what: the fault in one clause, e.g. ``"the file is not UTF-8"``.
        where: the place, e.g. ``"pairs.tsv, line 3"``; empty when there is none.
        remedy: what the user can do, as a sentence; empty when nothing helps.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The whole error as one line for a terminal or a banner."""
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}.{remedy}"


class InputError(AttuneError):
    """A file or text given by the user cannot be read as what it should be."""


class BundleError(AttuneError):
    """A model's folder is missing, damaged or of a version this program does not know."""


class OptionError(AttuneError):
    """An option has a value outside what it allows."""


class StorageError(AttuneError):
    """A file cannot be written: full disk, read-only folder, missing rights."""


class TrainingError(AttuneError):
    """Training cannot start or go on: no usable pairs, diverging loss, a bundle in use."""
