"""The control API: what the page asks of the simulator, and what it gets to see."""
