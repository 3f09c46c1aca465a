"""Verified tables: every printed digit is certified by an enclosure."""

from proofs.tables.makers import TABLES as OTHERS
from proofs.tables.makers import Choices
from proofs.tables.rendering import FORMATS, render
from proofs.tables.sharper import sharper

TABLES = {**OTHERS, "sharper": sharper}

__all__ = ["FORMATS", "TABLES", "Choices", "render"]
