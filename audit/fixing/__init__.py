"""Fixes: applied to articles, whole files or none."""
