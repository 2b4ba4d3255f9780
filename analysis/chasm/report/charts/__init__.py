"""Charts as inline SVG: one function each, for a wide and a narrow page, with a title and a description."""
