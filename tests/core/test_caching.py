from __future__ import annotations

import asyncio
import inspect
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import limelight as gr
from limelight.core.cachedfunction import CachedFunction, cached_function
from limelight.core.fingerprint import NotNameable
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

Args = list[tuple[Any, ...]]


@pytest.fixture
def calls() -> Args:
    """Arguments of every call that was really made."""
    return []


def cached(fn: Any) -> CachedFunction:
    found = cached_function(fn)
    assert found is not None
    return found[0]


# ---- functions ----------------------------------------------------------------------------------


def test_equal_calls_run_once(calls: Args) -> None:
    @gr.cache
    def add(x: Any, y: int = 1) -> Any:
        calls.append((x, y))
        return [x, y]

    assert add(1) == add(1, 1) == add(x=1) == add(1, y=1) == [1, 1]
    assert add(1.0) == [1.0, 1]
    assert calls == [(1, 1), (1.0, 1)]
    assert (add.__name__, list(inspect.signature(add).parameters)) == ("add", ["x", "y"])
    cached(add).clear()
    add(1)
    assert (len(calls), len(cached(add))) == (3, 1)


def test_arguments_are_compared_by_content(calls: Args) -> None:
    @gr.cache()
    def total(values: Any) -> float:
        calls.append(())
        return float(values.sum())

    assert total(np.ones(3)) == total(np.ones(3)) == 3
    assert total(np.ones(4)) == 4
    assert len(calls) == 2


def test_results_may_be_changed_by_their_callers() -> None:
    @gr.cache
    def make() -> dict[str, Any]:
        return {"list": [1], "array": np.zeros(2)}

    for _ in range(3):
        made = make()
        assert (made["list"], made["array"].tolist()) == ([1], [0, 0])
        made["list"].append(2)
        made["array"][:] = 9


def test_the_author_may_say_what_counts(calls: Args) -> None:
    @gr.cache(key=lambda given: given["prompt"].lower())
    def answer(prompt: str, *, seed: int = 0) -> str:
        calls.append((prompt, seed))
        return f"{prompt} {seed}"

    assert answer("Hi", seed=1) == answer("hi", seed=2) == "Hi 1"
    assert len(calls) == 1


def test_a_failure_is_not_kept(calls: Args) -> None:
    @gr.cache
    def fail(x: int) -> int:
        calls.append((x,))
        if len(calls) == 1:
            raise ValueError("first")
        return x

    with pytest.raises(ValueError, match="first"):
        fail(1)
    assert (fail(1), fail(1), len(calls)) == (1, 1, 2)


def test_arguments_without_content_are_told_once_and_not_kept(calls: Args) -> None:
    @gr.cache
    def take(lock: Any) -> int:
        calls.append(())
        return len(calls)

    lock = threading.Lock()
    with pytest.warns(UserWarning, match=r"take\(\): its result is not kept, as a _thread.lock"):
        assert take(lock) == 1
    assert take(lock) == 2  # no second warning: the suite would fail


def test_results_that_can_be_used_once_are_not_kept(calls: Args) -> None:
    @gr.cache
    def numbers() -> Iterator[int]:
        calls.append(())
        return iter([1, 2])

    with pytest.warns(UserWarning, match="a list_iterator can be used only once"):
        assert list(numbers()) == [1, 2]
    assert list(numbers()) == [1, 2]
    assert len(calls) == 2


def test_wrong_arguments_fail_as_without_cache() -> None:
    @gr.cache
    def one(x: int) -> int:
        return x

    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        one(1, z=2)  # type: ignore[call-arg]  # on purpose


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"fn": 3}, r"gr\.cache\(\) was given 3; expected a function"),
        ({"key": "prompt"}, "key='prompt'; expected a function"),
        ({"max_memory": "lots"}, "max_memory='lots'"),
        ({"max_size": None}, "max_size=None"),
        ({"ttl": 0}, "ttl=0"),
    ],
)
def test_options_that_do_not_fit_are_named(given: dict[str, Any], text: str) -> None:
    with pytest.raises(PropError, match=text):
        gr.cache(**given)


def test_a_call_in_between_finds_what_was_kept_before(calls: Args) -> None:
    def look_up(x: int) -> int:
        calls.append((x,))
        return x

    assert gr.cache(look_up)(1) == gr.cache(look_up)(1) == 1
    assert len(calls) == 1
    gr.cache(look_up, max_size=5)(1)
    assert len(calls) == 2


class Model:
    def __init__(self, weight: int) -> None:
        self.weight = weight
        self.calls = 0

    @gr.cache(key=lambda given: [given["self"].weight, given["x"]])
    def times(self, x: int) -> int:
        self.calls += 1
        return x * self.weight

    def plain(self, x: int) -> int:
        return x * self.weight


def test_methods_differ_by_their_object() -> None:
    one, two = Model(1), Model(2)
    assert [one.times(3), one.times(3), two.times(3)] == [3, 3, 6]
    assert (one.calls, two.calls) == (1, 1)
    assert [gr.cache(m.plain)(4) for m in (one, two, one)] == [4, 8, 4]
    found = cached_function(one.times)
    assert found is not None
    assert found[1] == [one]
    assert cached_function(len) is None


def test_a_recursive_function_does_not_wait_for_itself() -> None:
    @gr.cache
    def fib(n: int) -> int:
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    assert fib(60) == 1548008755920

    @gr.cache
    def odd(n: int, depth: list[int]) -> int:
        depth.append(1)
        return n if len(depth) > 2 else odd(n, [])

    assert odd(1, [1, 1]) == 1


# ---- at the same time ---------------------------------------------------------------------------


def test_equal_calls_of_threads_compute_once(calls: Args) -> None:
    @gr.cache
    def slow(x: int) -> list[int]:
        calls.append((x,))
        time.sleep(0.05)
        return [x]

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(slow, [1] * 8))
    assert made == [[1]] * 8
    assert len({id(m) for m in made}) == 8
    assert len(calls) == 1


def test_a_failure_reaches_all_threads_that_waited(calls: Args) -> None:
    entered = threading.Barrier(4)

    @gr.cache
    def fail(x: int) -> int:
        calls.append((x,))
        time.sleep(0.1)
        raise ValueError("no")

    def attempt(_: int) -> str:
        entered.wait(5)
        try:
            return str(fail(1))
        except ValueError as problem:
            return str(problem)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(attempt, range(4))) == ["no"] * 4
    assert len(calls) == 1


async def test_equal_calls_of_tasks_compute_once(calls: Args) -> None:
    @gr.cache
    async def slow(x: int) -> list[int]:
        calls.append((x,))
        await asyncio.sleep(0.01)
        return [x]

    made = await asyncio.gather(*(slow(1) for _ in range(5)))
    assert (made, len(calls), await slow(1)) == ([[1]] * 5, 1, [1])
    assert inspect.iscoroutinefunction(slow)


async def test_who_waits_for_a_cancelled_task_computes_itself(calls: Args) -> None:
    started = asyncio.Event()

    @gr.cache
    async def slow(x: int) -> int:
        calls.append((x,))
        started.set()
        await asyncio.sleep(0.02)
        return x

    first = asyncio.create_task(slow(1))
    await started.wait()
    second, third = asyncio.create_task(slow(1)), asyncio.create_task(slow(1))
    await asyncio.sleep(0)
    third.cancel()  # one that waits may leave without hurting the others
    first.cancel()
    assert await second == 1
    assert [t.cancelled() for t in (first, third)] == [True, True]
    assert len(calls) == 2


async def test_an_async_failure_reaches_all_and_is_not_kept(calls: Args) -> None:
    @gr.cache
    async def fail(x: int) -> int:
        calls.append((x,))
        await asyncio.sleep(0.01)
        raise ValueError("no")

    made = await asyncio.gather(fail(1), fail(1), return_exceptions=True)
    assert ([str(m) for m in made], len(calls)) == (["no", "no"], 1)
    with pytest.raises(ValueError, match="no"):
        await fail(1)
    assert len(calls) == 2
    with pytest.warns(UserWarning, match="not kept"), pytest.raises(ValueError, match="no"):
        await fail(threading.Lock())  # type: ignore[arg-type]  # on purpose


# ---- generators ---------------------------------------------------------------------------------


def test_a_generator_is_replayed_in_order(calls: Args) -> None:
    @gr.cache
    def grow(x: int) -> Iterator[list[int]]:
        calls.append((x,))
        made: list[int] = []
        for number in range(x):
            made.append(number)
            yield made

    for _ in range(3):
        assert [list(step) for step in grow(3)] == [[0], [0, 1], [0, 1, 2]]
    next(grow(3)).append(99)
    assert [len(step) for step in grow(3)] == [1, 2, 3]
    assert (len(calls), inspect.isgeneratorfunction(grow)) == (1, True)


def test_a_generator_that_is_left_or_fails_is_not_kept(calls: Args) -> None:
    closed: list[bool] = []

    @gr.cache
    def grow(x: int) -> Iterator[int]:
        calls.append((x,))
        try:
            yield 1
            if x:
                raise ValueError("half way")
            yield 2
        finally:
            closed.append(True)

    steps = grow(0)
    assert next(steps) == 1
    steps.close()  # type: ignore[attr-defined]  # a generator
    with pytest.raises(ValueError, match="half way"):
        list(grow(1))
    with pytest.raises(ValueError, match="half way"):
        list(grow(1))
    assert (list(grow(0)), list(grow(0))) == ([1, 2], [1, 2])
    assert (len(calls), len(closed)) == (4, 4)


async def test_an_async_generator_is_replayed_too(calls: Args) -> None:
    closed: list[bool] = []

    @gr.cache
    async def grow(x: int) -> AsyncIterator[int]:
        calls.append((x,))
        try:
            for number in range(x):
                yield number
        finally:
            closed.append(True)

    steps: Any = grow(3)
    assert await anext(steps) == 0
    await steps.aclose()
    assert closed == [True]
    for _ in range(2):
        assert [step async for step in grow(3)] == [0, 1, 2]
    assert (len(calls), inspect.isasyncgenfunction(grow)) == (2, True)


# ---- limits -------------------------------------------------------------------------------------


def test_caches_do_not_grow_past_their_limits() -> None:
    @gr.cache(max_size=10)
    def few(x: int) -> int:
        return x

    @gr.cache(max_size=0, max_memory="64kb")
    def small(x: int) -> bytes:
        return bytes(2000)

    @gr.cache(max_size=10)
    def steps(x: int) -> Iterator[int]:
        yield x

    kept = gr.Cache(max_size=10, max_memory="64kb")
    for number in range(300):
        few(number)
        small(number)
        list(steps(number))
        kept.set(number, value=bytes(1000))
    assert (len(cached(few)), len(cached(steps)), len(kept)) == (10, 10, 10)
    assert 20 <= len(cached(small)) <= 32
    for fn in (few, small):
        assert not cached(fn)._flights  # pyright: ignore[reportPrivateUsage]  # nothing is left


def test_results_grow_old(calls: Args) -> None:
    @gr.cache(ttl=0.05)
    def now(x: int) -> int:
        calls.append((x,))
        return x

    now(1)
    now(1)
    time.sleep(0.06)
    now(1)
    assert len(calls) == 2


# ---- Cache --------------------------------------------------------------------------------------


def test_values_are_kept_under_keys_of_any_kind() -> None:
    kept = gr.Cache()
    for key in ("a", [1, 2], {"b": [3]}, (4,), np.zeros(2)):
        kept.set(key, value=1)
    assert (len(kept), kept.get([1, 2]), kept.get(np.zeros(2))) == (5, {"value": 1}, {"value": 1})
    assert kept.keys()[:2] == ["a", {"b": [3]}]  # those used just now are last
    assert kept.get("b") is None
    kept.clear()
    assert (len(kept), kept.keys()) == (0, [])
    with pytest.raises(NotNameable, match="no content to compare"):
        kept.get(threading.Lock())


def test_kept_values_may_be_changed_by_who_gets_them() -> None:
    kept = gr.Cache()
    value, key = [1], [0]
    kept.set(key, value=value, other=None)
    value.append(2)
    key.append(1)
    found = kept.get([0])
    assert found == {"value": [1], "other": None}
    assert found is not None
    found["value"].append(3)
    assert (kept.get([0]), kept.keys()) == ({"value": [1], "other": None}, [[0]])


def test_many_threads_may_use_a_cache() -> None:
    kept = gr.Cache(max_size=20)

    def work(seed: int) -> None:
        for number in range(200):
            kept.set((seed * number) % 50, value=number)
            kept.get(number % 50)
            kept.keys()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(1, 5)))
    assert len(kept) == 20
