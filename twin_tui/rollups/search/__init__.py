"""Search: the words of texts, titles and names, kept beside them on either database."""
