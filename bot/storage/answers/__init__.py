"""What is kept about answers: a short memory, counts, and what people chose to give."""
