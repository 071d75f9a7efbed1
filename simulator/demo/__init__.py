"""`make demo`: the bot and the simulated Chat together on this machine, with fresh secrets and an empty database."""
