"""Reports and memos as Word files: made from templates that the office may replace by its own."""
