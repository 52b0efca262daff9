"""Any MkDocs documentation, read without MkDocs."""
