"""What there is: elements, formulas, ions, compounds, materials."""
