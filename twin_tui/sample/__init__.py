"""The sample world: believable people, twins and conversations from a seed."""
