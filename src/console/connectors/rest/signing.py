"""How a source is signed in to: with the secret itself, or with a token that is asked for with it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.http import Answer, Auth, Client
from console.connectors.rest import templates
from console.connectors.rest.manifest import Signing
from console.system import clock

Opening = Callable[[str, Auth], Client]
"""From an address (empty: the source's own) and a credential to a client."""

TOKENS = frozenset({"client_credentials", "service_account"})
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_AN_HOUR = timedelta(hours=1)


def auth_of(signing: Signing, settings: Mapping[str, str], secret: str, opening: Opening) -> Auth:
    """The credential for the source. Raises SourceError for one that is damaged or no longer accepted, TemporaryError.

    A token is asked for anew each time, so that a key that was exchanged counts at once.
    """
    values = {**settings, "secret": secret}
    password, name = templates.text_of(signing.secret, values), templates.text_of(signing.name, values)
    match signing.kind:
        case "bearer":
            return Auth.bearer(password)
        case "basic":
            return Auth.basic(name, password)
        case "header":
            return Auth.header(signing.name, password)
        case "client_credentials":
            form = {"grant_type": "client_credentials", "client_id": name, "client_secret": password.strip()}
            return _token(signing, settings, form, opening)
        case "service_account":
            return _token(
                signing, settings, {"grant_type": _GRANT, "assertion": _assertion(signing, password)}, opening
            )
        case _:
            return Auth.none()


def _token(signing: Signing, settings: Mapping[str, str], form: Mapping[str, str], opening: Opening) -> Auth:
    place = templates.text_of(signing.token, settings)
    is_elsewhere = place.startswith(("http://", "https://"))
    with opening(place if is_elsewhere else "", Auth.none()) as client:
        answer = client.request("POST", place, form=form, is_reading=True)
    token = _token_in(answer)
    if not isinstance(token, str):
        raise SourceError(
            "The source does not accept the sign-in of this source.", "Sign in again: enter a new key or password."
        )
    return Auth.bearer(token)


def _token_in(answer: Answer) -> object:
    if not answer.is_good:
        return None
    found = answer.json()
    if not isinstance(found, dict):
        raise TemporaryError("The source answered a sign-in with something else.", "Check the address.")
    return found.get("access_token")


def _assertion(signing: Signing, secret: str) -> str:
    """A service account says who it is: a JSON Web Token, signed with the key out of its file."""
    try:
        robot = json.loads(secret)
        key = _private_key_of(robot["private_key"])
        claims = {
            "iss": str(robot["client_email"]),
            "scope": signing.scope,
            "aud": str(robot.get("token_uri") or signing.audience),
            "iat": int(clock.now().timestamp()),
            "exp": int((clock.now() + _AN_HOUR).timestamp()),
        }
        told = f"{_packed({'alg': 'RS256', 'typ': 'JWT'})}.{_packed(claims)}"
        return f"{told}.{_unpadded(key.sign(told.encode(), PKCS1v15(), SHA256()))}"
    except (ValueError, LookupError, TypeError, AttributeError, UnsupportedAlgorithm):
        # Not chained: the error would quote the key.
        raise SourceError(
            "The key of this service account is damaged.", "Enter the whole JSON file that was made for it."
        ) from None


def _private_key_of(pem: str) -> RSAPrivateKey:
    """The key in a PEM text without a password. Raises ValueError, TypeError, UnsupportedAlgorithm for anything else."""
    key = load_pem_private_key(pem.encode("ascii"), None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("no RSA key")
    return key


def _packed(content: Mapping[str, Any]) -> str:
    return _unpadded(json.dumps(content, separators=(",", ":")).encode())


def _unpadded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
