"""Results for those who do not sign in: the members' page, at an address that can be withdrawn."""
