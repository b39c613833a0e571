"""FORMAT.md is enough to read what was shared: golden files opened by it alone, without the room that wrote them."""

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic

from journal.sharing import envelope, identity, page, text

FORMAT = Path(page.__file__).with_name("FORMAT.md").read_text("utf-8")
GOLDEN = Path(__file__).parent / "golden"
TOLD = json.loads((GOLDEN / "keys.json").read_text("utf-8"))
SEEDS = {who: bytes.fromhex(TOLD[f"{who}_seed"]) for who in ("trainee", "supervisor")}


def hkdf(secret: bytes, label: str, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=label.encode()).derive(secret)


def unarmoured(name: str, kind: str) -> bytes:
    body = re.fullmatch(
        rf"-----BEGIN SMALL L {kind}-----\n(.*)\n-----END SMALL L {kind}-----\n", (GOLDEN / name).read_text(), re.DOTALL
    )
    assert body
    letters = body[1].replace("\n", "")
    raw = base64.b64decode(letters + "=" * (-len(letters) % 4))
    assert hashlib.sha256(raw[:-4]).digest()[:4] == raw[-4:]
    return raw[:-4]


def public_keys(seed: bytes) -> tuple[bytes, bytes, bytes]:
    return (
        Ed25519PrivateKey.from_private_bytes(hkdf(seed, "small-l/identity/1/ed25519")).public_key().public_bytes_raw(),
        X25519PrivateKey.from_private_bytes(hkdf(seed, "small-l/identity/1/x25519")).public_key().public_bytes_raw(),
        MLKEM768PrivateKey.from_seed_bytes(hkdf(seed, "small-l/identity/1/ml-kem-768", 64))
        .public_key()
        .public_bytes_raw(),
    )


def opened_by_hpke(seed: bytes, raw: bytes, info: bytes) -> bytes:
    """RFC 9180, sections 4 and 5.1, over X-Wing's shared secret."""
    agreeing = X25519PrivateKey.from_private_bytes(hkdf(seed, "small-l/identity/1/x25519"))
    encapsulating = MLKEM768PrivateKey.from_seed_bytes(hkdf(seed, "small-l/identity/1/ml-kem-768", 64))
    capsule, ephemeral, body = raw[:1088], raw[1088:1120], raw[1120:]
    shared = encapsulating.decapsulate(capsule) + agreeing.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    shared += ephemeral + agreeing.public_key().public_bytes_raw()
    secret = hashlib.sha3_256(shared + rb"\.//^\ "[:-1]).digest()
    suite = b"HPKE" + bytes.fromhex("647a" + "0001" + "0002")

    def extract(salt: bytes, label: bytes, keying: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + keying, "sha256")

    def expand(key: bytes, label: bytes, context: bytes, length: int) -> bytes:
        said = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
        return hmac.digest(key, said + b"\x01", "sha256")[:length]

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    key = extract(secret, b"secret", b"")
    return AESGCM(expand(key, b"key", context, 32)).decrypt(expand(key, b"base_nonce", context, 12), body, b"")


def test_a_card_can_be_read_from_the_description_alone() -> None:
    raw = unarmoured("card.txt", "CARD")
    keys = b"".join(public_keys(SEEDS["supervisor"]))
    assert raw[:5] == b"SLCD\x01"
    assert raw[5:1253] == keys
    assert raw[1254 : 1254 + raw[1253]].decode() == "Dr Chidi Okafor"
    Ed25519PublicKey.from_public_bytes(keys[:32]).verify(raw[-64:], b"small-l/card/1\0" + raw[:-64])
    bits = int.from_bytes(hashlib.pbkdf2_hmac("sha256", keys, b"small-l/fingerprint/1", 100_000, 9), "big") >> 6
    words = Mnemonic("english").wordlist
    assert " ".join(words[bits >> 11 * place & 2047] for place in (5, 4, 3, 2, 1, 0)) == TOLD["fingerprint"]


@pytest.mark.parametrize(
    ("name", "armour", "kind", "sender", "reader"),
    [
        ("sealed-file.txt", "SEALED FILE", 1, "trainee", "supervisor"),
        ("sealed-reply.txt", "SEALED REPLY", 2, "supervisor", "trainee"),
    ],
)
def test_a_sealed_file_can_be_read_from_the_description_alone(
    name: str, armour: str, kind: int, sender: str, reader: str
) -> None:
    raw = unarmoured(name, armour)
    ids = [hashlib.sha256(b"".join(public_keys(SEEDS[who]))).digest() for who in (sender, reader)]
    assert raw[:86] == b"SLSF\x01" + bytes([kind]) + bytes.fromhex(TOLD["share"]) + b"".join(ids)
    opened = opened_by_hpke(SEEDS[reader], raw[86:], b"small-l/file/1\0" + raw[:86])
    signer = Ed25519PublicKey.from_public_bytes(public_keys(SEEDS[sender])[0])
    signer.verify(opened[:64], b"small-l/file signature/1\0" + raw[:86] + opened[64:])
    inside = json.loads(opened[64:])
    assert inside["share"] == TOLD["share"]
    assert (hashlib.sha256(opened[64:]).hexdigest() if kind == 1 else inside["digest"]) == TOLD["digest"]


def test_a_page_and_its_reply_can_be_read_from_the_description_alone() -> None:
    raw = base64.b64decode(
        re.findall(rb'<pre id="sealed" hidden>([^<]*)</pre>', (GOLDEN / "page.html").read_bytes())[0]
    )
    assert raw[:5] == b"SLPG\x01"
    rounds = int.from_bytes(raw[5:9], "big")
    master = hashlib.pbkdf2_hmac("sha256", TOLD["passphrase"].encode(), raw[9:25], rounds, 32)
    opened = AESGCM(hkdf(master, "small-l/page/1")).decrypt(raw[41:53], raw[53:], raw[:41])
    assert hashlib.sha256(opened).hexdigest() == TOLD["digest"]

    back = unarmoured("page-reply.txt", "REPLY")
    assert back[:21] == b"SLPR\x01" + raw[25:41]
    reply = json.loads(AESGCM(hkdf(master, "small-l/page reply/1")).decrypt(back[21:33], back[33:], back[:21]))
    assert reply["digest"] == TOLD["digest"]


def test_every_label_and_every_field_is_told_of() -> None:
    labels = [*page._LABELS.values(), envelope._INFO, envelope._SIGNED, identity._SIGNED, identity._FINGERPRINT]
    labels += [page.MAGIC, page.REPLY_MAGIC, envelope.MAGIC, identity.MAGIC]
    assert [one for one in labels if f"`{one.rstrip(bytes(1)).decode()}`" not in FORMAT] == []
    assert [label for label in text._BOXES.values() if label not in FORMAT] == []
