"""Which images have what, held in memory as sets of numbers: one index for each process and database."""
