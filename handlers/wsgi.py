"""The WSGI entry point; the only module that builds something when it is imported."""

from handlers.start import start_app

app = start_app()
