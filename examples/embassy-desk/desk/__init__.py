"""A desk of a consular post: travel document requests, on the command line."""
