"""The file around a workbook: an archive of XML parts that point to each other."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from lxml import etree

MOST_UNPACKED: Final = 256 * 1024 * 1024  # bytes; 50,000 requests are about 60 MB
_LONGEST_ELEMENT: Final = 16 * 1024 * 1024  # bytes of one row, which is read at once
_CHUNK: Final = 256 * 1024
_OLD_FILE: Final = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of .xls, and of what a password protects
_SAVE: Final = "save it as Excel workbook (.xlsx)"


class NotAWorkbook(ValueError):  # noqa: N818 - says what the file is
    """The file is no workbook that can be read; the message says why, and the mend."""


@contextmanager
def damage_named() -> Iterator[None]:
    """Say in one way whatever a damaged file makes a parser complain of."""
    try:
        yield
    except NotAWorkbook:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        etree.XMLSyntaxError,
        LookupError,
        ValueError,
        OverflowError,
    ) as error:
        raise NotAWorkbook(
            f"is damaged ({error or type(error).__name__}); open it in a spreadsheet program and save it again"
        ) from None


class Package:
    """The parts of a file, unpacked as they are asked for and not beyond a limit.

    Raises
    ------
    NotAWorkbook
        If the file is something else.
    """

    def __init__(self, data: bytes) -> None:
        if not data:
            raise NotAWorkbook(f"is empty; {_SAVE}")
        if data.startswith(_OLD_FILE):
            raise NotAWorkbook(
                f"is an old Excel file (.xls) or protected by a password; {_SAVE}, without one"
            )
        if not zipfile.is_zipfile(io.BytesIO(data)):
            raise NotAWorkbook(f"is no workbook, whatever its name says; {_SAVE}")
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = frozenset(self._archive.namelist())
        if "mimetype" in self._names:
            raise NotAWorkbook(f"is an OpenDocument file; {_SAVE}")
        if any(info.flag_bits & 1 for info in self._archive.infolist()):
            raise NotAWorkbook("is protected by a password; save it without one")
        self._bytes_left = MOST_UNPACKED

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return kind and part of what a part points to, by the name it gives them."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        if place not in self._names:
            raise NotAWorkbook(f"is no workbook, whatever its name says; {_SAVE}")
        return {
            relation.get("Id", ""): (
                relation.get("Type", ""),
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in self.tree(place)
            if relation.get("TargetMode") != "External"
        }

    def book(self) -> str:
        """Return the part from which a workbook begins."""
        for kind, target in self.relations("").values():
            if kind.endswith("/officeDocument"):
                return target
        raise NotAWorkbook(f"is no workbook, whatever its name says; {_SAVE}")

    def tree(self, part: str) -> etree._Element:
        """Read a small part at once."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(b"".join(self._unpacked(part)), parser)

    def elements(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """Walk over elements of a part, forgetting each once the next is asked for."""
        parser = etree.XMLPullParser(
            events=("end",),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        since = 0
        for chunk in self._unpacked(part):
            parser.feed(chunk)
            since += len(chunk)
            for _, element in parser.read_events():
                assert isinstance(element, etree._Element)  # noqa: SLF001 - the only name of lxml's type
                since = 0
                yield element
                element.clear()
                around = element.getparent()
                while around is not None and len(around) > 1:
                    del around[0]
            if since > _LONGEST_ELEMENT:
                raise NotAWorkbook("has a row larger than any event needs; is it the right file?")
        parser.close()

    def _unpacked(self, part: str) -> Iterator[bytes]:
        self._bytes_left -= self._archive.getinfo(part).file_size  # never more comes out than is said
        if self._bytes_left < 0:
            size = f"{MOST_UNPACKED // 1024 // 1024} MB"
            raise NotAWorkbook(f"is larger than {size} once unpacked; is it the right file?")
        with self._archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
