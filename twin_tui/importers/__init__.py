"""From other systems' files to rows of the six tables."""
