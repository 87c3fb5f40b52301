"""A demonstration instance: fictional people over fifteen years, made through the real services.

Nothing of it runs in an instance that is not set to be a demo.
"""
