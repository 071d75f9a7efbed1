"""Google's two wire formats, read into one event model; no bare dictionary goes past this room."""
