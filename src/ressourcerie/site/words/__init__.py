"""What the site makes of the glossary: its index, its shelves, its map, who uses which word."""
