"""One file per chart: compute what is drawn (a NamedTuple of published values and words), then draw it."""
