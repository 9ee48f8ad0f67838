"""A report of many pages: drawn in parts that are kept, and joined (architecture.md)."""
