"""Where each patient's story stands in a document."""
