"""Web pages: `reader` is the way in; each other module owns one step."""
