"""Edits go back to a source as its manifest says, and whether one arrived is looked up there."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from console.connectors.errors import RecordError, SourceError, TemporaryError, UncertainError
from console.connectors.html_cleaning import clean
from console.connectors.http import Answer
from console.connectors.rest import templates
from console.connectors.rest.asking import Asking
from console.connectors.rest.manifest import Manifest, Write
from console.connectors.rest.paths import Scope, first_at
from console.connectors.rest.picks import key_of, text_form
from console.connectors.rest.picks import text_of as picked_text
from console.connectors.rest.values import moment_in
from console.connectors.rest.written_values import json_of
from console.domain.outbox import Sending, SendingState, Settled, WriteKind

_GONE = frozenset({404, 410})
# How far the clocks of a source and of this computer may lie apart.
_CLOCKS_APART = timedelta(minutes=5)
_LONGEST_REASON = 200
_HEADER = "header:"
_SAYING = ("message", "detail", "description", "error", "title", "msg")


def pushed(manifest: Manifest, asking: Asking, sending: Sending) -> Settled:
    """Send one edit. Raises what the client raises: UncertainError where nobody knows whether it was taken."""
    write = write_for(manifest, sending)
    if write is None:
        return Settled(SendingState.REFUSED, f"{manifest.title} takes no {sending.kind.value} back.")
    values = _values(write, sending)
    etag = ""
    if write.before is not None:
        before = asking.once(write.before, values)
        if before.status in _GONE:
            return Settled(SendingState.REFUSED, "It is no longer there.")
        if not before.is_good:
            return _refused(before)
        values["current"] = before.json()
        etag = before.headers.get("etag", "") or before.headers.get("x-etag", "")
        if conflict := _conflict(write, sending, values):
            return conflict
    return _sent(write, asking, sending, values, etag)


def write_for(manifest: Manifest, sending: Sending) -> Write | None:
    """The way for this edit: properties of companies may go by another than those of customers."""
    return manifest.writes.get(f"{sending.kind.value}:{sending.target_kind.value}") or manifest.writes.get(
        sending.kind.value
    )


def probed(manifest: Manifest, asking: Asking, sending: Sending) -> Settled | None:
    """Whether an edit that went out is there: a message with the same words, not older than the edit."""
    write = write_for(manifest, sending)
    if write is None or write.probe is None or write.found is None:
        return None
    values = _values(write, sending)
    wanted = " ".join(str(values.get("text") or "").split())
    for turned in asking.pages(write.probe, values):
        for raw in turned.records:
            if _is_it(write, Scope(raw), wanted, sending):
                receipt = _receipt_of(write, Scope(raw))
                if receipt not in sending.taken:
                    return Settled(SendingState.SENT, receipt=receipt)
    return None


def _is_it(write: Write, scope: Scope, wanted: str, sending: Sending) -> bool:
    try:
        at = moment_in(write.found_at, scope)
        said = picked_text(write.found, scope)
    except RecordError:
        # Something else among the messages, and certainly not ours.
        return False
    return wanted in _readings(said) and (at is None or at >= sending.at - _CLOCKS_APART)


def _receipt_of(write: Write, scope: Scope) -> str:
    return key_of(write.found_id, scope) if write.found_id is not None else ""


def _sent(write: Write, asking: Asking, sending: Sending, values: dict[str, Any], etag: str) -> Settled:
    writing = asking
    if write.needs_match and not etag:
        what = "The source does not say which version it holds, and a colleague's change could be overwritten."
        return Settled(SendingState.REFUSED, what)
    if write.needs_match:
        # Without it the last one to write would win, whatever a colleague did meanwhile.
        values["etag"] = etag
        writing = Asking(asking.client, asking.settings, {**asking.headers, "If-Match": etag})
    if write.first is not None:
        # What the source keeps of it until the request itself hangs it on is nobody's: it reaches no customer.
        first = writing.once(write.first, values, is_reading=False)
        if not first.is_good:
            return _refused(first)
        values["made"] = first_at(Scope(first.json()), write.made)
    answer = writing.once(write.request, values, is_reading=False)
    if answer.is_good or answer.status in write.done:
        return _unproven(write, asking, answer, values) or Settled(
            SendingState.SENT, receipt=_receipt(write, answer, values)
        )
    if answer.status in write.stale:
        return Settled(
            SendingState.CONFLICT, "It was changed there meanwhile.", theirs=_theirs(write, asking, sending, values)
        )
    if answer.status in _GONE:
        return Settled(SendingState.REFUSED, "It is no longer there.")
    return _refused(answer)


def _unproven(write: Write, asking: Asking, answer: Answer, values: Mapping[str, Any]) -> Settled | None:
    """A refusal where the source said that all is well, but holds what it held before. Raises UncertainError."""
    if not write.proof or write.before is None:
        return None
    try:
        there = asking.once(write.before, values)
        now = first_at(Scope(there.json()), templates.text_of(write.theirs, values)) if there.is_good else None
    except (TemporaryError, SourceError) as error:
        # What goes wrong only now does not make it unsent.
        raise UncertainError(error.what, error.to_do) from error
    was = first_at(Scope(values["current"]), templates.text_of(write.theirs, values))
    if _stored(now) != _stored(was) or _stored(now).casefold() == templates.text_of(write.proof, values).casefold():
        return None
    return Settled(SendingState.REFUSED, f"The source did not take it over{_said(answer)}.")


def _values(write: Write, sending: Sending) -> dict[str, Any]:
    body = sending.body
    found: dict[str, Any] = {
        "id": sending.target,
        "op_id": sending.op_id,
        "at": sending.at.isoformat(),
        "by": sending.by,
        **{name: body.get(name) for name in ("text", "tag", "state", "until", "teammate", "name")},
    }
    text = str(body.get("text") or "")
    found["html"] = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())
    if sending.kind is WriteKind.PROPERTY:
        found["value"] = json_of(body.get("kind"), body.get("value"))
        found["name"] = write.names.get(str(body.get("name")), body.get("name"))
    for name, words in write.values.items():
        found[name] = words.get(text_form(found.get(name)), found.get(name))
    return found


def _conflict(write: Write, sending: Sending, values: Mapping[str, Any]) -> Settled | None:
    """Where the source no longer says what the teammate saw when they made the edit."""
    base = sending.base
    if base is None:
        return None
    scope = Scope(values["current"])
    if write.version and base.get("version"):
        is_other = text_form(first_at(scope, write.version)) != text_form(base["version"])
    elif write.theirs and "value" in base:
        now = _stored(first_at(scope, templates.text_of(write.theirs, values)))
        is_other = now not in (text_form(base["value"]), _stored(values.get("value")))
    else:
        return None
    if not is_other:
        return None
    theirs = _theirs_in(write, values["current"], sending, values)
    return Settled(SendingState.CONFLICT, "It was changed there meanwhile.", theirs=theirs)


def _theirs(write: Write, asking: Asking, sending: Sending, values: Mapping[str, Any]) -> dict[str, object]:
    if write.before is None:
        return {}
    try:
        answer = asking.once(write.before, values)
        return _theirs_in(write, answer.json(), sending, values) if answer.is_good else {}
    except TemporaryError:
        # The edit is in conflict all the same; what they have now is seen with the next sync.
        return {}


def _theirs_in(write: Write, current: Any, sending: Sending, values: Mapping[str, Any]) -> dict[str, object]:
    if not write.theirs:
        return {}
    name = str(sending.body.get("name") or sending.kind.value)
    return {name: _stored(first_at(Scope(current), templates.text_of(write.theirs, values)))}


def _stored(value: Any) -> str:
    if value is templates.NULL:
        return ""
    return json.dumps(value, sort_keys=True) if isinstance(value, (dict, list)) else text_form(value)


def _receipt(write: Write, answer: Answer, values: Mapping[str, Any]) -> str:
    if values.get("made") is not None:
        return text_form(values["made"])
    if write.receipt.startswith(_HEADER):
        return answer.headers.get(write.receipt.removeprefix(_HEADER).lower(), "")
    if not write.receipt or not answer.body.strip():
        return ""
    try:
        return text_form(first_at(Scope(answer.json()), write.receipt))
    except TemporaryError:
        # It was taken: an answer that cannot be read does not change that.
        return ""


def _refused(answer: Answer) -> Settled:
    return Settled(SendingState.REFUSED, f"The source refused it (status {answer.status}{_said(answer)}).")


def _said(answer: Answer) -> str:
    """What the source says about it, where it says so in one of the usual places."""
    try:
        content = answer.json()
    except TemporaryError:
        return ""
    for _depth in range(6):
        if isinstance(content, str):
            return f": {' '.join(content.split())[:_LONGEST_REASON]}"
        if isinstance(content, list):
            content = content[0] if content else None
        else:
            content = next((content[name] for name in _SAYING if isinstance(content, dict) and content.get(name)), None)
    return ""


def _readings(text: str) -> tuple[str, str]:
    """What a listed message says, read as HTML and as plain text: nobody says which of them it is."""
    return " ".join(clean(text).text.split()), " ".join(text.split())
