"""What the search of the site is made from: the corpus that browsers load when a reader types."""
