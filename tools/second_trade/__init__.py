"""A second synthetic trade world with an answer key, written without sight of the rules that are measured on it."""
