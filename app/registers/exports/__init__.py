"""Exports of registers for others to read: workbook, CSV, DPV, fides. No database, no clock."""
