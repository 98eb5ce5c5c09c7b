"""Files and archives of any size, read piece by piece."""
