"""Google Play as its documentation tells: a signed account gets a token, reviews come with comments of both sides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

TOKEN = "t0ken-for-an-hour"  # made up


def account() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return json.dumps({"type": "service_account", "client_email": "robot@example.com", "private_key": pem})


def review(number: int) -> dict[str, Any]:
    said: list[dict[str, Any]] = [
        {"userComment": {"text": f"Nice {number}", "lastModified": {"seconds": str(1_763_000_000 + number), "nanos": 5}, "starRating": 1 + number % 5,
                         "reviewerLanguage": "de", "appVersionName": "5.0", "androidOsVersion": 34, "deviceMetadata": {"productName": "px"}}},
    ]  # fmt: skip
    if number % 2:
        said.append(
            {"developerComment": {"text": "Thank you", "lastModified": {"seconds": str(1_763_000_900 + number)}}}
        )
    return {"reviewId": f"gp:{number}", **({"authorName": f"Nick {number}"} if number % 3 else {}), "comments": said}


REVIEWS = [review(number) for number in range(1, 8)]


def answering(reviews: list[Any]) -> Any:
    def answer(path: str, query: Mapping[str, str], asked: Asked) -> Any:
        if path == "/token":
            return {"access_token": TOKEN, "expires_in": 3_599}
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return 401, {}
        assert path == "/androidpublisher/v3/applications/com.example.app/reviews"
        size = 500 if len(reviews) > 100 else 3
        start = int(query.get("token", "0"))
        following = {"tokenPagination": {"nextPageToken": str(start + size)}} if start + size < len(reviews) else {}
        return {"reviews": reviews[start : start + size], **following}

    return answer


SET = AnswerSet(
    "google-play",
    answering(REVIEWS),
    records=7,
    settings={"package": "com.example.app"},
    secret=account(),
    further_addresses={"token_url": "/token"},
)
