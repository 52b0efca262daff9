"""What rendered texts hold: anchors and links, each at the place where it was typed."""
