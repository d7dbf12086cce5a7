"""The charts' computed values as small SVG texts: for phones, print and files, without a script."""
