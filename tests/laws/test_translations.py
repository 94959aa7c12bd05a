"""Every language offered is complete, and says the same with the same placeholders."""

import subprocess

from tests.sites import ROOT


def test_the_catalogues_pass_their_check():
    done = subprocess.run([ROOT / "scripts" / "i18n", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr
