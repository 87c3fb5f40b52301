"""Disposal: holds, destruction lists, carrying out, certificates."""
