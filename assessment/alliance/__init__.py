"""The alliance's own affairs: setting up, who may sign in, organisations. Use cases and their plain pages."""
