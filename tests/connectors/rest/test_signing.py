"""Signing in with tokens: what is asked for one, and signatures that another library finds right."""

from __future__ import annotations

import base64
import json
from threading import Event
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from tests.connectors.hostile_server import HostileServer
from tests.connectors.rest.pulled import server_of

from console.connectors.errors import SourceError
from console.connectors.http import Auth, Client
from console.connectors.rest.manifest import Signing
from console.connectors.rest.signing import Opening, auth_of


def key_of(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def pem_of(key: rsa.RSAPrivateKey, form: PrivateFormat = PrivateFormat.PKCS8) -> str:
    return key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "not a key",
        "-----BEGIN PRIVATE KEY-----\nMIIC\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n%%%\n-",
    ],
)
def test_what_is_no_key_is_refused_without_being_quoted(damaged: str) -> None:
    secret = json.dumps({"client_email": "robot@example.com", "private_key": damaged})
    with pytest.raises(SourceError, match="key of this service account is damaged") as refused:
        auth_of(Signing("service_account", token="https://example.com/token"), {}, secret, opening_nothing)

    assert not damaged or damaged not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("lock", [NoEncryption(), BestAvailableEncryption(b"locked")])
def test_a_key_of_another_kind_and_one_with_a_password_are_refused(lock: KeySerializationEncryption) -> None:
    made = ec.generate_private_key(ec.SECP256R1()) if isinstance(lock, NoEncryption) else key_of(2048)
    pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock).decode()
    secret = json.dumps({"client_email": "robot@example.com", "private_key": pem})

    with pytest.raises(SourceError, match="key of this service account is damaged"):
        auth_of(Signing("service_account", token="https://example.com/token"), {}, secret, opening_nothing)


def opening_nothing(_address: str, _auth: Auth) -> Client:
    raise AssertionError("a damaged key asks for nothing")


def opening_at(server: HostileServer) -> Opening:
    def opening(address: str, auth: Auth) -> Client:
        return Client(address or server.address, auth=auth, allow_private=True, stop=Event())

    return opening


@pytest.mark.parametrize("shape", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_a_service_account_says_who_it_is_and_gets_a_token(shape: PrivateFormat) -> None:
    key = key_of(2048)
    account = json.dumps({"client_email": "robot@example.com", "private_key": pem_of(key, shape)})
    with server_of(lambda *_: {"access_token": "t0ken"}) as server:
        signing = Signing(
            "service_account", token=f"{server.address}/token", scope="reviews", audience="https://tokens"
        )
        auth = auth_of(signing, {}, account, opening_at(server))

    form = parse_qs(server.asked[0].body.decode())
    head, claims, signature = form["assertion"][0].split(".")
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    key.public_key().verify(
        base64.urlsafe_b64decode(signature + "=="), f"{head}.{claims}".encode(), padding.PKCS1v15(), SHA256()
    )
    assert (told["iss"], told["scope"], told["aud"], told["exp"] - told["iat"]) == (
        "robot@example.com", "reviews", "https://tokens", 3600,
    )  # fmt: skip
    assert auth == Auth.bearer("t0ken")
    assert server.asked[0].target == "/token"


def test_a_client_gets_a_token_with_its_id_and_secret() -> None:
    with server_of(lambda *_: {"access_token": "t0ken", "expires_in": 7200}) as server:
        signing = Signing("client_credentials", "{client_id}", token="oauth2/token")
        auth = auth_of(signing, {"client_id": "c1"}, "s3cret", opening_at(server))

    assert parse_qs(server.asked[0].body.decode()) == {
        "grant_type": ["client_credentials"], "client_id": ["c1"], "client_secret": ["s3cret"],
    }  # fmt: skip
    assert "authorization" not in server.asked[0].headers
    assert auth == Auth.bearer("t0ken")


@pytest.mark.parametrize("answer", [(400, {"error": "invalid_client"}), (401, {}), {"access_token": None}])
def test_a_sign_in_that_is_refused_pauses_the_source(answer: object) -> None:
    with server_of(lambda *_: answer) as server, pytest.raises(SourceError, match="sign-in"):
        auth_of(
            Signing("client_credentials", "c1", token="oauth2/token"),
            {},
            "s",
            opening_at(server),
        )
