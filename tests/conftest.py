"""What every test can ask for; the databases come from tests/databases.py."""

pytest_plugins = ["tests.databases"]
