"""What tests and benchmarks share: a terminal to run programs in, and made-up catalogs of any size."""
