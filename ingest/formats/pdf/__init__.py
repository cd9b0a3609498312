"""PDF: `reader` opens, extracts and puts in order; each other module owns one step."""
