"""Composition tables held against theory."""
