"""Clients: encrypted identity, search, episodes, consents, caseloads."""
