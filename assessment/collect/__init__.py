"""The members' door: codes, ballots and the plain pages on which people answer."""
