from __future__ import annotations

import pytest

from videogen.footage.licenses import FAMILIES, LICENSES, family_of, name_of

CC = "https://creativecommons.org"


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("CC0", "cc0"),
        ("CC0 1.0", "cc0"),
        ("cc-zero", "cc0"),
        ("Public domain", "public-domain"),
        ("Public Domain Mark 1.0", "public-domain"),
        ("PDM", "public-domain"),
        ("PD-USGov-NASA", "public-domain"),
        ("Public domain, Prelinger Archives", "public-domain"),
        ("Public domain, United States government", "public-domain"),
        ("Public domain, United States Department of Defense", "public-domain"),
        ("PD-old-100", "public-domain"),
        ("CC BY 4.0", "by"),
        ("CC-BY-3.0-us", "by"),
        ("by", "by"),
        ("CC BY 3.0 igo", "by"),
        ("CC BY-SA 3.0 de", "by-sa"),
        ("cc-by-sa-4.0", "by-sa"),
        ("CC BY-SA 4.0-3.0-2.5-2.0-1.0", "by-sa"),
        ("CC BY-SA 3.0-migrated", "by-sa"),
    ],
)
def test_a_licence_is_known_by_its_name(name: str, family: str) -> None:
    assert family_of(name) == family


@pytest.mark.parametrize(
    "name",
    [
        "CC BY-NC 4.0",
        "CC BY-ND 2.0",
        "CC BY-NC-SA 3.0 de",
        "by-nc",
        "PD-NC",
        "GFDL",
        "No restrictions",
        "All rights reserved",
        "not public domain",
        "Public domain, except in Germany",
        "Copyrighted free use",
        "baby",
        "",
    ],
)
def test_a_name_that_forbids_something_or_says_nothing_is_refused(name: str) -> None:
    assert family_of(name) is None


@pytest.mark.parametrize(
    ("address", "family", "name"),
    [
        (f"{CC}/publicdomain/zero/1.0/", "cc0", "CC0 1.0"),
        (f"{CC}/publicdomain/mark/1.0/", "public-domain", "Public Domain Mark 1.0"),
        (f"{CC}/licenses/publicdomain/", "public-domain", "Public domain"),
        ("http://creativecommons.org/licenses/by/3.0/", "by", "CC BY 3.0"),
        (f"{CC}/licenses/by/2.5/it/", "by", "CC BY 2.5 IT"),
        (f"{CC}/licenses/by/4.0/deed.en", "by", "CC BY 4.0"),
        (f"{CC}/licenses/by-sa/4.0", "by-sa", "CC BY-SA 4.0"),
    ],
)
def test_a_licence_is_known_by_its_address(address: str, family: str, name: str) -> None:
    assert (family_of("", address), name_of(address)) == (family, name)


@pytest.mark.parametrize(
    "address",
    [
        f"{CC}/licenses/by-nc/4.0/",
        f"{CC}/licenses/by-nd/4.0/",
        f"{CC}/licenses/by-nc-sa/2.5/es/",
        f"{CC}/licenses/by",
        f"{CC}/licenses/sampling+/1.0/",
        f"{CC}/publicdomain/by/4.0/",
        "https://creativecommons.org.evil.example/licenses/by/4.0/",
        "https://example.org/?u=https://creativecommons.org/licenses/by/4.0/",
        "http://www.copyright.gov/",
        "",
    ],
)
def test_another_address_is_refused(address: str) -> None:
    assert (family_of("", address), name_of(address)) == (None, "")


def test_a_name_and_an_address_that_contradict_each_other_are_refused() -> None:
    assert family_of("CC BY 4.0", f"{CC}/licenses/by-sa/4.0/") is None
    assert family_of("CC BY 4.0", f"{CC}/licenses/by-nc/4.0/") is None
    assert family_of("CC BY-NC 4.0", f"{CC}/licenses/by/4.0/") is None


def test_either_one_is_enough_where_the_other_says_nothing() -> None:
    assert family_of("CC BY 4.0", f"{CC}/licenses/by/4.0/") == "by"
    assert family_of("Attribution", f"{CC}/licenses/by/4.0/") == "by"
    assert family_of("Public domain", "https://example.org/terms") == "public-domain"


def test_share_alike_is_known_but_not_among_what_is_shown_unasked() -> None:
    assert set(FAMILIES) - LICENSES == {"by-sa"}
