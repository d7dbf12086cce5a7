"""Passwords that cost nothing, but where their cost is what a test is about."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from assessment.alliance import passwords

PRODUCTS_OWN = passwords._HASHER


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with next to no work: 64 MiB a test would only keep the suite slow."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobody.cache_clear()


@pytest.fixture
def own_passwords(quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash as the product does."""
    monkeypatch.setattr(passwords, "_HASHER", PRODUCTS_OWN)
    passwords._nobody.cache_clear()
