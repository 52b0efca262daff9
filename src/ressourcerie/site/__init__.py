"""The website: MkDocs and Material, and nothing else that knows them."""
