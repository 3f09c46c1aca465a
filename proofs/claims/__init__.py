"""The paper's numbered items, a module for each, and the order in which the paper has them."""
