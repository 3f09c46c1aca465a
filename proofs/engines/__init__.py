"""Engines: each discharges a goal or refutes a statement; none knows any claim."""
