"""What reads across all packages: my desk, the access log, navigation."""
