"""Certificates of handover: what stands on one, its labels in several languages, and it as a document to write in.

On paper they are set by :mod:`summitry.formats.pdf.certificate`.
"""

from summitry.formats.certificates.certificate import (
    Certificate,
    CertificateItem,
    CertificateText,
    Signing,
    Total,
)
from summitry.formats.certificates.document import certificate_docx
from summitry.formats.certificates.labels import LABELS, MissingLabelError, labels_for, labels_from

__all__ = [
    "LABELS",
    "Certificate",
    "CertificateItem",
    "CertificateText",
    "MissingLabelError",
    "Signing",
    "Total",
    "certificate_docx",
    "labels_for",
    "labels_from",
]
