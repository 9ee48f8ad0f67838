"""Stated needs beside what results say: by school, cluster and area, and taken up by the unit."""
