"""Tend: a self-hosted assessment of the health of alliances."""
