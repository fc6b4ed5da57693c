"""What is judged: ratio rules with basis, scope and evidence, and the report."""
