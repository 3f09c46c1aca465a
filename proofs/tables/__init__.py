"""Verified tables: every printed digit is certified by an enclosure."""

from proofs.tables.makers import TABLES, Choices
from proofs.tables.rendering import FORMATS, render

__all__ = ["FORMATS", "TABLES", "Choices", "render"]
