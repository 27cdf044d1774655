from __future__ import annotations

from collections.abc import Sequence

import pytest
from fakes.footage import Shelf, asked, candidate

from videogen.domain.footage import Candidate
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.sources.base import Query
from videogen.footage.sources.breaker import CircuitBreaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Moody(Shelf):
    """Fails for as long as it is told to."""

    fault: FootageError | None = None

    def search(self, query: Query) -> Sequence[Candidate]:
        super().search(query)
        if self.fault:
            raise self.fault
        return []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service() -> Moody:
    return Moody([candidate("ship")])


@pytest.fixture
def breaker(service: Moody, clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(service, clock)


def fail(breaker: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        with pytest.raises(FootageError):
            breaker.search(asked("ship"))


def test_two_failures_do_not_open_it(breaker: CircuitBreaker, service: Moody) -> None:
    service.fault = FootageError("slow")
    fail(breaker, 2)
    service.fault = None
    assert breaker.search(asked("ship")) == []


def test_a_success_between_failures_starts_the_count_again(
    breaker: CircuitBreaker, service: Moody
) -> None:
    for _ in range(3):
        service.fault = FootageError("slow")
        fail(breaker, 2)
        service.fault = None
        breaker.search(asked("ship"))
    assert len(service.searched) == 9


def test_three_failures_in_a_row_open_it(breaker: CircuitBreaker, service: Moody) -> None:
    service.fault = FootageError("slow")
    fail(breaker, 3)
    with pytest.raises(SourceUnavailable):
        breaker.fetch(candidate("ship"), 5.0)
    assert (len(service.searched), service.fetched) == (3, [])


def test_after_a_minute_one_call_is_let_through_and_opens_it_again(
    breaker: CircuitBreaker, service: Moody, clock: Clock
) -> None:
    service.fault = FootageError("slow")
    fail(breaker, 3)
    clock.now = 59.0
    with pytest.raises(SourceUnavailable):
        breaker.search(asked("ship"))
    clock.now = 61.0
    fail(breaker, 2)
    assert len(service.searched) == 4


def test_after_a_minute_a_good_answer_closes_it(
    breaker: CircuitBreaker, service: Moody, clock: Clock
) -> None:
    service.fault = FootageError("slow")
    fail(breaker, 3)
    service.fault = None
    clock.now = 61.0
    for _ in range(3):
        assert breaker.search(asked("ship")) == []


def test_a_service_that_is_off_for_the_run_is_never_called_again(
    breaker: CircuitBreaker, service: Moody, clock: Clock
) -> None:
    service.fault = SourceUnavailable("The key is refused", cure="Check it.")
    fail(breaker, 1)
    service.fault = None
    clock.now = 1e6
    with pytest.raises(SourceUnavailable, match="The key is refused\nCheck it"):
        breaker.search(asked("ship"))
    assert len(service.searched) == 1


def test_broken_clips_say_nothing_against_the_service(
    breaker: CircuitBreaker, service: Moody
) -> None:
    service.fault = UnusableClip("The file has no frame")
    fail(breaker, 10)
    assert len(service.searched) == 10
