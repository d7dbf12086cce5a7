"""The projected screen: which steps a retreat can have, and each drawn as one calm slide from published values."""
