"""The answer to a data subject: what it holds, as a letter for the person and as data."""
