"""The craft of goods: what a text says they are, which controls they come under, what they are worth."""
