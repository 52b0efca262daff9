"""Paper: which documents exist, and how each becomes a PDF."""
