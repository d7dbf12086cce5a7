"""The room: a retreat looks at its results together, on a screen that a remote steps and phones answer to."""
