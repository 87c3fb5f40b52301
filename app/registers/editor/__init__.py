"""Editing a register in the browser: forms made from its model, labels, changes put into it."""
