"""Files in, documents and passages out. Knows no vectors, no index and no screen."""
