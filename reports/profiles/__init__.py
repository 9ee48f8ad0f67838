"""A school's profile for who is about to visit: one page and one paper."""
