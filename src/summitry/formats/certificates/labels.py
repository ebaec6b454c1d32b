"""The labels of a certificate: in English, French and Spanish here, in other languages as somebody gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: In the order in which they are asked for in another language.
ENGLISH: Final[Mapping[str, str]] = {
    "certificate": "Certificate of handover",
    "number": "Number",
    "date": "Date",
    "place": "Place",
    "draft": "Draft",
    "handing": "Handed over by",
    "receiving": "Received by",
    "holder": "Title held by",
    "custodian": "In custody of",
    "commitments": "In fulfilment of",
    "donation": "The party handing over gives the items listed below to the receiving party as a donation.",
    "loan": "The party handing over lends the items listed below to the receiving party.",
    "custody": "The party handing over gives the items listed below into the custody of the receiving party.",
    "for_use": "The party handing over gives the items listed below to the receiving party for its use.",
    "on_signature": "Title passes on signature of this certificate by both parties.",
    "on_delivery": "Title passes on delivery.",
    "on_date": "Title passes on {date}.",
    "never": "Title does not pass.",
    "returns_on": "The items are to be returned by {date}.",
    "items": "Items",
    "line": "Line",
    "item": "Item",
    "identity": "Serial number or batch",
    "quantity": "Quantity",
    "condition": "Condition",
    "value": "Value",
    "total": "Total value",
    "new": "new",
    "good": "good",
    "used": "used",
    "defective": "defective",
    "part_number": "Part number",
    "asset_tag": "Asset tag",
    "year": "Year",
    "accessories": "Accessories",
    "warranty": "Warranty until",
    "software_licence": "Software licence",
    "export_licence": "Export licence",
    "conditions": "Conditions",
    "end_use": "End use",
    "maintenance": "Maintenance",
    "insurance": "Insurance",
    "visibility": "Visibility",
    "customs": "Customs or VAT reference",
    "resale": "Sale or transfer to others",
    "allowed": "allowed",
    "not_allowed": "not allowed",
    "inspection": "Inspection of use",
    "may_inspect": "The party handing over may inspect how the items are used.",
    "may_not_inspect": "none agreed",
    "signatures": "Signatures",
    "for_handing": "For the party handing over",
    "for_receiving": "For the receiving party",
    "name": "Name",
    "office": "Office",
    "signature": "Signature",
    "made_in": "Made in {copies} copies, in the following languages: {languages}.",
}
_FRENCH: Final[Mapping[str, str]] = {
    "certificate": "Certificat de remise",
    "number": "Numéro",
    "date": "Date",
    "place": "Lieu",
    "draft": "Projet",
    "handing": "Remis par",
    "receiving": "Reçu par",
    "holder": "Propriété de",
    "custodian": "Sous la garde de",
    "commitments": "En exécution de",
    "donation": "La partie qui remet donne à la partie qui reçoit, à titre de don, les biens énumérés ci-dessous.",
    "loan": "La partie qui remet prête à la partie qui reçoit les biens énumérés ci-dessous.",
    "custody": "La partie qui remet confie à la garde de la partie qui reçoit les biens énumérés ci-dessous.",
    "for_use": "La partie qui remet met à la disposition de la partie qui reçoit les biens énumérés ci-dessous.",
    "on_signature": "La propriété est transférée à la signature du présent certificat par les deux parties.",
    "on_delivery": "La propriété est transférée à la livraison.",
    "on_date": "La propriété est transférée le {date}.",
    "never": "La propriété n’est pas transférée.",
    "returns_on": "Les biens sont à restituer au plus tard le {date}.",
    "items": "Biens",
    "line": "Ligne",
    "item": "Bien",
    "identity": "Numéro de série ou lot",
    "quantity": "Quantité",
    "condition": "État",
    "value": "Valeur",
    "total": "Valeur totale",
    "new": "neuf",
    "good": "bon",
    "used": "usagé",
    "defective": "défectueux",
    "part_number": "Référence",
    "asset_tag": "Numéro d’inventaire",
    "year": "Année",
    "accessories": "Accessoires",
    "warranty": "Garantie jusqu’au",
    "software_licence": "Licence de logiciel",
    "export_licence": "Licence d’exportation",
    "conditions": "Conditions",
    "end_use": "Utilisation finale",
    "maintenance": "Entretien",
    "insurance": "Assurance",
    "visibility": "Visibilité",
    "customs": "Référence de douane ou de TVA",
    "resale": "Vente ou cession à des tiers",
    "allowed": "autorisée",
    "not_allowed": "non autorisée",
    "inspection": "Contrôle de l’utilisation",
    "may_inspect": "La partie qui remet peut contrôler l’utilisation des biens.",
    "may_not_inspect": "aucun n’a été convenu",
    "signatures": "Signatures",
    "for_handing": "Pour la partie qui remet",
    "for_receiving": "Pour la partie qui reçoit",
    "name": "Nom",
    "office": "Fonction",
    "signature": "Signature",
    "made_in": "Fait en {copies} exemplaires, dans les langues suivantes : {languages}.",
}
_SPANISH: Final[Mapping[str, str]] = {
    "certificate": "Certificado de entrega",
    "number": "Número",
    "date": "Fecha",
    "place": "Lugar",
    "draft": "Borrador",
    "handing": "Entregado por",
    "receiving": "Recibido por",
    "holder": "Propiedad de",
    "custodian": "En custodia de",
    "commitments": "En cumplimiento de",
    "donation": "La parte que entrega dona a la parte que recibe los bienes enumerados a continuación.",
    "loan": "La parte que entrega presta a la parte que recibe los bienes enumerados a continuación.",
    "custody": "La parte que entrega confía en custodia a la parte que recibe los bienes enumerados a continuación.",
    "for_use": "La parte que entrega cede en uso a la parte que recibe los bienes enumerados a continuación.",
    "on_signature": "La propiedad se transmite con la firma del presente certificado por ambas partes.",
    "on_delivery": "La propiedad se transmite con la entrega material.",
    "on_date": "La propiedad se transmite el {date}.",
    "never": "La propiedad no se transmite.",
    "returns_on": "Los bienes deben devolverse a más tardar el {date}.",
    "items": "Bienes",
    "line": "Línea",
    "item": "Bien",
    "identity": "Número de serie o lote",
    "quantity": "Cantidad",
    "condition": "Estado",
    "value": "Valor",
    "total": "Valor total",
    "new": "nuevo",
    "good": "bueno",
    "used": "usado",
    "defective": "defectuoso",
    "part_number": "Referencia",
    "asset_tag": "Número de inventario",
    "year": "Año",
    "accessories": "Accesorios",
    "warranty": "Garantía hasta el",
    "software_licence": "Licencia de software",
    "export_licence": "Licencia de exportación",
    "conditions": "Condiciones",
    "end_use": "Uso final",
    "maintenance": "Mantenimiento",
    "insurance": "Seguro",
    "visibility": "Visibilidad",
    "customs": "Referencia de aduana o de IVA",
    "resale": "Venta o cesión a terceros",
    "allowed": "permitida",
    "not_allowed": "no permitida",
    "inspection": "Inspección del uso",
    "may_inspect": "La parte que entrega puede inspeccionar el uso de los bienes.",
    "may_not_inspect": "no se ha convenido",
    "signatures": "Firmas",
    "for_handing": "Por la parte que entrega",
    "for_receiving": "Por la parte que recibe",
    "name": "Nombre",
    "office": "Cargo",
    "signature": "Firma",
    "made_in": "Hecho en {copies} ejemplares, en los idiomas siguientes: {languages}.",
}
LABELS: Final[Mapping[str, Mapping[str, str]]] = {"en": ENGLISH, "fr": _FRENCH, "es": _SPANISH}
_FILLED: Final = ("{date}", "{copies}", "{languages}")


class MissingLabelError(ValueError):
    """Labels that somebody gave are not all there; the text says which."""


def labels_for(language: str) -> Mapping[str, str] | None:
    """Return the labels of a language that the house has, none where somebody has to give them."""
    return LABELS.get(language)


def labels_from(written: str) -> dict[str, str]:
    """Read labels in a further language: a line for each of the English ones, in their order.

    Raises
    ------
    MissingLabelError
        Where there are more or fewer lines, or one lacks what is filled into it, such as ``{date}``.
    """
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    if len(lines) != len(ENGLISH):
        raise MissingLabelError(f"{len(lines)} / {len(ENGLISH)}")
    given = dict(zip(ENGLISH, lines, strict=True))
    for key, english in ENGLISH.items():
        for filled in _FILLED:
            if filled in english and filled not in given[key]:
                raise MissingLabelError(f"{english} ({filled})")
    return given
