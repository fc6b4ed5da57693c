"""Tables that the library computes with: text, one row a fact, each file naming its source."""
