"""The page in a real browser: what only layout, focus, keys and the network can show."""
