"""The papers of one round: forms, letters and bundles, drawn while the reader waits."""
