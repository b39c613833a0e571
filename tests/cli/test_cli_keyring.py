"""Commands where the keyring of the computer opens the journal."""

import keyring
import pytest
from keyring.backend import KeyringBackend


class OneKey(KeyringBackend):
    """A keyring in memory."""

    priority = 1
    held = None

    def get_password(self, service, username):
        return self.held

    def set_password(self, service, username, password):
        self.held = password

    def delete_password(self, service, username):
        self.held = None


@pytest.fixture
def ring():
    before, ring = keyring.get_keyring(), OneKey()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_commands_ask_for_no_passphrase_while_the_keyring_is_switched_on(journal, ring):
    journal.add("Kept.")
    journal("keys", "keyring", "on")
    assert "Kept." in journal.plain("list").stdout
    journal("list", phrase="wrong", code=3)


@pytest.mark.parametrize("state", ["on", "off"])
def test_a_keyring_that_does_not_open_it_is_named_if_switched_on_and_the_passphrase_asked_for(real, ring, state):
    real("keys", "keyring", "on")
    if state == "off":
        real.plain("keys", "keyring", "off")
    result = real.process("list", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    assert result.returncode == 2
    assert (b"no keyring that keeps secrets safe" in result.stderr) == (state == "on")
    assert b"There is no terminal to ask for the passphrase." in result.stderr
    real("list")
