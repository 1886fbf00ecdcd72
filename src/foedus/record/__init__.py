"""The record: acts as dated, sourced entries; what is live as known on a day; its canonical form and root."""
