"""Personal fields of entries: encrypted under a key per person, which erasure destroys.

A person's key is itself sealed under the installation's (setting ``SUMMITRY_KEY``), so
that a copy of the database alone opens nothing. All sealing is AES-256-GCM, bound to the
person's id, so that a value cannot be moved from one person to another.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from summitry.ledger.models import PersonKey
from summitry.ledger.rules import plain

ERASED = "erased"
_MARK = "sealed"
_NONCE_BYTES = 12
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value that identifies a person, to be encrypted when it is entered."""

    person_id: UUID
    value: Any


def sealed(person_id: UUID, value: Any) -> Sealed:
    """Wrap a personal value for ``before`` or ``after`` of an entry (`person_id`: the person's public id)."""
    return Sealed(person_id, value)


def _installation_key() -> tuple[str, bytes]:
    """Return the installation's key and its id."""
    text = str(settings.SUMMITRY_KEY).encode()
    key = hashlib.sha256(b"summitry person keys\0" + text).digest()
    return hashlib.sha256(b"summitry key id\0" + key).hexdigest()[:12], key


def _encrypt(key: bytes, value: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, value, bound_to)


def _decrypt(key: bytes, value: bytes, bound_to: bytes) -> bytes:
    return AESGCM(key).decrypt(value[:_NONCE_BYTES], value[_NONCE_BYTES:], bound_to)


def new_person_key(person_id: UUID) -> PersonKey:
    """Return a new key for a person, sealed, not yet stored."""
    key_id, key = _installation_key()
    return PersonKey(
        person_id=person_id, key_id=key_id, sealed_key=_encrypt(key, os.urandom(_KEY_BYTES), person_id.bytes)
    )


def person_key(row: PersonKey) -> bytes:
    """Open a person's key.

    Raises
    ------
    RuntimeError
        Where it was sealed under another installation key than the one configured.
    """
    key_id, key = _installation_key()
    if row.key_id != key_id:
        message = f"Personal fields are sealed under the key {row.key_id}, but SUMMITRY_KEY is {key_id}: restore its file"
        raise RuntimeError(message)
    return _decrypt(key, bytes(row.sealed_key), row.person_id.bytes)


def persons_in(*values: Any) -> set[UUID]:
    """Return the persons of all wrapped or sealed values within `values`."""
    found: set[UUID] = set()
    for value in values:
        if isinstance(value, Sealed):
            found.add(value.person_id)
        elif _is_sealed(value):
            found.add(UUID(value[_MARK]["person"]))
        elif isinstance(value, Mapping):
            found |= persons_in(*value.values())
        elif isinstance(value, list | tuple):
            found |= persons_in(*value)
    return found


def _is_sealed(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {_MARK} and isinstance(value[_MARK], dict)


def close(value: Any, keys: Mapping[UUID, bytes]) -> Any:
    """Return `value` with everything wrapped in it encrypted under its person's key."""
    if isinstance(value, Sealed):
        text = json.dumps(plain(value.value)).encode()
        closed = _encrypt(keys[value.person_id], text, value.person_id.bytes)
        return {_MARK: {"person": str(value.person_id), "value": base64.b64encode(closed).decode()}}
    if isinstance(value, Mapping):
        return {key: close(each, keys) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [close(each, keys) for each in value]
    return value


def open_value(value: Any, keys: Mapping[UUID, bytes]) -> Any:
    """Return `value` with everything sealed in it decrypted, or :data:`ERASED` where the key is gone."""
    if _is_sealed(value):
        person_id = UUID(value[_MARK]["person"])
        try:
            text = _decrypt(keys[person_id], base64.b64decode(value[_MARK]["value"]), person_id.bytes)
        except (KeyError, InvalidTag):  # destroyed, or destroyed and made anew since
            return ERASED
        return json.loads(text)
    if isinstance(value, dict):
        return {key: open_value(each, keys) for key, each in value.items()}
    if isinstance(value, list):
        return [open_value(each, keys) for each in value]
    return value
