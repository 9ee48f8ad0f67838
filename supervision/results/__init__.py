"""What the scores say: read models of levels, means, gaps and advice over schools and terms."""
