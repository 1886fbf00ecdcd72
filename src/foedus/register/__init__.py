"""A register that rivals can share: entries in order, kept by memory, SQLite or PostgreSQL, with the tree over them."""
