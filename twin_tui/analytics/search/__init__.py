"""Full-text search over messages, documents, queries, titles and names."""
