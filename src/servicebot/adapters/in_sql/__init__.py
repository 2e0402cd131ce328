"""The records: SQLAlchemy Core on SQLite or PostgreSQL."""
