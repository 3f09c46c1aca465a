"""The record of what was checked, and the independent checker that re-checks it."""
