"""A certificate of handover on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summitry.formats.certificates.certificate import Certificate, CertificateText, Signing
from summitry.formats.pdf.engine import render
from summitry.formats.pdf.imprint import Imprint, imprint_data


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """A certificate to be printed.

    Attributes
    ----------
    imprint : Imprint
        In the language of the certificate's first text.
    beside : bool
        All languages in one text, beside and under each other; else the whole once in each language.
    """

    imprint: Imprint
    certificate: Certificate
    beside: bool = True


def certificate_sheet(sheet: CertificateSheet) -> bytes:
    """Print a certificate: parties, items with serial numbers and values, conditions, four signatures."""
    certificate = sheet.certificate
    texts = list(certificate.texts)
    versions = [texts] if sheet.beside else [[text] for text in texts]
    return render(
        "certificate",
        {
            "imprint": imprint_data(sheet.imprint),
            "title": f"{texts[0].labels['certificate']} {certificate.number}",
            "versions": [_version(certificate, version) for version in versions],
        },
        moment=sheet.imprint.as_at,
    )


def _version(certificate: Certificate, texts: Sequence[CertificateText]) -> dict[str, Any]:
    first = texts[0]
    valued = any(item.value is not None for item in certificate.items)
    return {
        "languages": [text.language for text in texts],
        "titles": _each(texts, "certificate"),
        "subtitles": [words for _text, words in certificate.titles(texts)],
        "facts": _facts(certificate, texts),
        "declarations": [certificate.declaration(text) for text in texts],
        "items_title": _each(texts, "items"),
        "heads": [
            _each(texts, key)
            for key in ("line", "item", "identity", "quantity", "condition", *(("value",) if valued else ()))
        ],
        "items": [
            {
                "line": str(item.line),
                "description": item.description,
                "notes": [" · ".join(certificate.noted(item, text)) for text in texts if item.notes],
                "identity": item.identity,
                "quantity": f"{first.number(item.quantity)} {item.unit}",
                "condition": _each(texts, item.condition),
                "value": f"{first.number(item.value, places=2)} {item.currency}"
                if item.value is not None
                else "",
            }
            for item in certificate.items
        ],
        "valued": valued,
        "total_label": _each(texts, "total"),
        "totals": [f"{first.number(one.value, places=2)} {one.currency}" for one in certificate.totals],
        "conditions_title": _each(texts, "conditions"),
        "conditions": _conditions(certificate, texts),
        "signatures_title": _each(texts, "signatures"),
        "sides": [
            {"label": _each(texts, key), "people": [_signing(one, first) for one in people]}
            for key, people in (
                ("for_handing", certificate.handing),
                ("for_receiving", certificate.receiving),
            )
        ],
        "signing_labels": {key: _each(texts, key) for key in ("name", "office", "date", "signature")},
        "made_in": [certificate.made_in(text) for text in texts],
    }


def _each(texts: Sequence[CertificateText], key: str) -> list[str]:
    """Give a label in each language, once where it is the same."""
    return list(dict.fromkeys(text.labels[key] for text in texts))


def _facts(certificate: Certificate, texts: Sequence[CertificateText]) -> list[Mapping[str, Any]]:
    def said(text: CertificateText) -> dict[str, str]:
        receiving = ", ".join(part for part in (text.receiving, text.receiving_body) if part)
        return {
            "number": certificate.number,
            "date": text.day(certificate.on) or "………………",
            "place": certificate.place or "………………",
            "handing": text.handing,
            "receiving": receiving,
            "holder": text.holder,
            "custodian": text.custodian,
            "commitments": "; ".join(text.commitments),
        }

    told = [said(text) for text in texts]
    return [
        {"labels": _each(texts, key), "values": list(dict.fromkeys(one[key] for one in told))}
        for key in told[0]
        if told[0][key]
    ]


def _conditions(certificate: Certificate, texts: Sequence[CertificateText]) -> list[Mapping[str, Any]]:
    agreed = [certificate.agreed(text) for text in texts]
    return [
        {
            "labels": list(dict.fromkeys(label for label, _words in row)),
            "values": list(dict.fromkeys(words for _label, words in row)),
        }
        for row in zip(*agreed, strict=True)
    ]


def _signing(one: Signing, text: CertificateText) -> dict[str, str]:
    return {"name": one.name, "office": one.office, "date": text.day(one.signed_on)}
