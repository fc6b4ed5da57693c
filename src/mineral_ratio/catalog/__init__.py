"""Where substances are recorded: sources, names, and the catalogue that looks them up."""
