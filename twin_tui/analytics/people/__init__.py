"""The directory of people and twins, and what each of them did."""
