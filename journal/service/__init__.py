"""What a person can do with their journal: the only room that knows all the others."""

from journal.service.journal import Journal

__all__ = ["Journal"]
