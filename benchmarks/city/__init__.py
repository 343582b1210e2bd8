"""The city of the benchmark: who lives in it and what is known of them."""
