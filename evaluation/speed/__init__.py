"""How fast and how small: encoding, a question, an update, and what others would take."""
