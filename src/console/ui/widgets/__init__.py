"""Controls that know nothing of customers: they get texts and tell by signal what was done."""
