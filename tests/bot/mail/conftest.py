"""One certificate for all tests of mail."""

from pathlib import Path

import pytest

from tests.fakes.mail_server import HOST, Certificate, certificate_for


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder: Path = tmp_path_factory.mktemp("certificate")
    return certificate_for(HOST, folder)
