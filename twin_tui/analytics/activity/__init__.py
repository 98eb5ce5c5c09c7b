"""The feed of conversations, documents and queries, page by page."""
