"""Small widgets that know neither tabs nor screens."""
