"""Who is who at the school, from a shell."""
