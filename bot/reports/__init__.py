"""ACCEPTS AND FORWARDS: private reports, sealed at rest, to the right people and nobody else."""
