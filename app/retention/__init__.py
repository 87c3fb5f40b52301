"""The code that reads `retention_policies/` and computes how long a document is kept."""
