"""What changed in the six tables, and who may take it in: queue, triggers, one refresher at a time."""
