"""Who came back, who stopped, and who they are."""
