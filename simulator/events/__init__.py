"""What people do, written as Chat writes it to an app, in either dialect."""
