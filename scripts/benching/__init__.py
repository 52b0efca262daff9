"""What `scripts/bench` is made of: rows of measures, and what is promised of them."""
