from __future__ import annotations

import pytest

from summitry.config.database.address import Address, addresses


def test_an_address_is_read_with_everything_it_names() -> None:
    address = Address.from_url("postgresql://ann:p%40ss@db.local:5433/conf?sslmode=require")
    assert address.django() == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "conf",
        "USER": "ann",
        "PASSWORD": "p@ss",
        "HOST": "db.local",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    ("url", "mend"),
    [("mysql://x/y", "must start with 'postgresql://'"), ("postgresql://host", "end it with /NAME")],
)
def test_an_address_that_cannot_be_read_names_the_mend(url: str, mend: str) -> None:
    with pytest.raises(ValueError, match=mend):
        Address.from_url(url)


def test_the_owner_is_another_role_where_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@host/conf")
    assert addresses()["owner"].user == "app"
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@host/conf")
    assert addresses()["owner"].user == "owner"
    assert addresses()["application"].user == "app"


def test_the_embedded_server_has_two_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    known = addresses()
    assert (known["application"].user, known["owner"].user) == ("summitry_app", "summitry_owner")
