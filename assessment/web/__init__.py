"""Plumbing of the plain HTML pages: forms, headers, templates. Knows no storage and no Streamlit."""
