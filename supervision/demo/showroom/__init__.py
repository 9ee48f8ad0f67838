"""A whole area of plainly invented schools over some years, made in bulk.

It shows the area's pages with as many schools as an office has, and the benchmark measures them
on it. The rows are what the portal's actions would have left behind.
"""
