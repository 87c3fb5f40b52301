"""Documents: the record, its items on paper and computer, custody, places."""
