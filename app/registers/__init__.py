"""The code that reads and keeps the registers of `registers/`: versions, findings, notices."""
