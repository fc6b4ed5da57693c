"""What is put together or found together: blends, products, analyses, and their ratios."""
