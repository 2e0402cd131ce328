"""The API asked by its own document: with what fits it, with what does not, and with what is there.

Each answer must be one that the document has for the route, and take 100 ms at most.
"""

import gc
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, CheckFunction, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
)
from tests.fuzz.api_desk import ApiDesk
from tests.fuzz.api_real import make_real
from tests.fuzz.subject import Subject

from servicebot.web.middlewares import AGAIN_LATER
from servicebot.web.route import Proof, Route

LONGEST_S: Final = 0.1
SLOW_ON_PURPOSE: Final[Mapping[str, str]] = {
    "/v1/desk/sign-in": "argon2 takes 64 MiB and its time, whether the name is known or not",
    "/v1/messages?wait=1": "the answer comes when the turn is done",
}
# A refusal of what fits its form.
_BY_MEANING: Final = ("There is no such conversation.", "Conversations that begin with")
_TOO_LONG: Final = "414"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: who asks it, and whether it is about something that is there."""

    case: Case[Any]
    who: str
    is_real: bool = False


@dataclass
class Figures:
    """What was asked so far: answers by route and status, and how long they took, in seconds."""

    answers: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    walls_s: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    slowest_work_s: float = 0.0

    def told(self) -> str:
        """In a sentence."""
        walls_s = [one for each in self.walls_s.values() for one in each]
        slow = sum(one > LONGEST_S for one in walls_s)
        counts = sum(self.answers.values(), Counter[int]())
        faults = sum(count for status, count in counts.items() if status >= 500)
        return (
            f"{counts.total()} answers by the API's document, {faults} of them 5xx. Of "
            f"{len(walls_s)} that are not slow on purpose {slow} took over 100 ms, the longest "
            f"{1000 * max(walls_s, default=0):.0f} ms; the event loop worked "
            f"{1000 * self.slowest_work_s:.0f} ms at most for one."
        )


class Api:
    """Asks one server."""

    def __init__(self, desk: ApiDesk) -> None:
        """Takes who asks."""
        self._desk = desk
        self.figures = Figures()
        self._schema = schemathesis.openapi.from_url(f"{desk.url}/openapi.json", config=_config())

    def coverage(self, route: Route) -> Iterator[Asked]:
        """Each edge of the document once: bounds, missing and wrong fields, types and methods.

        Then what fits again, about something that is there.
        """
        who = self._desk.may(route)[0]
        for modes, is_real in ((list(GenerationMode), False), ([GenerationMode.POSITIVE], True)):
            for case in self._edges(route, modes):
                yield Asked(case=case, who=who, is_real=is_real)

    def subjects(self, route: Route) -> Iterator[Subject]:
        """What fits, of which half is about something that is there; and what does not."""
        operation, desk = self._operation(route), self._desk
        who = st.sampled_from([*(desk.may(route) * 4), *desk.may_not(route)])
        takes_anything = route.body is None and route.query is None and route.proof is None
        for mode in GenerationMode:
            is_good = mode is GenerationMode.POSITIVE
            if not is_good and takes_anything and "{" not in route.path:
                continue
            values = st.builds(
                Asked,
                case=operation.as_strategy(generation_mode=mode),
                who=who,
                is_real=st.booleans() if is_good else st.just(value=False),
            )
            name = f"{route.method} {route.path}, {mode.value}"
            yield Subject(name=name, values=values, check=partial(self.check, route))

    def check(self, route: Route, asked: Asked) -> None:
        """Asks, and looks at the answer."""
        case = asked.case
        if asked.is_real:
            make_real(route.path, case, self._desk, asked.who)
        gc.disable()  # it would walk through what the test has made
        work, wall = self._desk.worked_s(), time.monotonic()
        response = self._desk.send(case, route, asked.who)
        work_s, wall_s = self._desk.worked_s() - work, time.monotonic() - wall
        gc.enable()
        self._note(route, case, response, work_s, wall_s)
        case.validate_response(response, excluded_checks=_excluded(route, response))
        told = f"{case.method} {route.path}: {response.status_code} after {work_s:.3f} s of work"
        assert work_s <= LONGEST_S or _is_slow_on_purpose(route, case), told

    def status(self, route: Route, asked: Asked) -> int:
        """Asks, and says only with which status it was answered."""
        return int(self._desk.send(asked.case, route, asked.who).status_code)

    def _edges(self, route: Route, modes: list[GenerationMode]) -> Iterator[Case[Any]]:
        operation = self._operation(route)
        config = self._schema.config.generation_for(operation=operation)
        yield from self._schema.iter_coverage_cases(
            operation, generation_modes=modes, generation_config=config
        )

    def _operation(self, route: Route) -> APIOperation[Any, Any, Any, Any]:
        return self._schema[route.path][route.method]

    def _note(
        self, route: Route, case: Case[Any], response: Response, work_s: float, wall_s: float
    ) -> None:
        name = f"{route.method} {route.path}"
        self.figures.answers[name][response.status_code] += 1
        if not _is_slow_on_purpose(route, case):
            self.figures.walls_s[name, response.status_code].append(wall_s)
            self.figures.slowest_work_s = max(self.figures.slowest_work_s, work_s)


def _config() -> schemathesis.Config:
    """As the tool has it; a URL that is too long has a status of its own here."""
    usual = ["400", "401", "403", "404", "405", "406", "409", "415", "422", "428", "429"]
    good = ["2xx", "3xx", "401", "403", "404", "409", "429"]
    return schemathesis.Config.from_dict(
        {
            "checks": {
                "negative_data_rejection": {"expected-statuses": [*usual, _TOO_LONG]},
                "positive_data_acceptance": {"expected-statuses": [*good, _TOO_LONG]},
            }
        }
    )


def _excluded(route: Route, response: Response) -> list[CheckFunction]:
    """What the tool cannot know: handshakes, signatures, and refusals of what fits its form."""
    told = response.json() if response.status_code == 400 else {}
    by_meaning = "reason" in told or str(told.get("detail", "")).startswith(_BY_MEANING)
    is_honest = response.status_code == 503 and AGAIN_LATER.lower() in response.headers
    excluded: list[CheckFunction] = []
    if by_meaning or 101 in route.answers:
        excluded.append(positive_data_acceptance)
    if route.proof is Proof.BANK_SIGNATURE:
        excluded.append(ignored_auth)
    if is_honest:  # it happens in `make fuzz`, which asks faster than turns are done
        excluded += [not_a_server_error, positive_data_acceptance, negative_data_rejection]
    return excluded


def _is_slow_on_purpose(route: Route, case: Case[Any]) -> bool:
    waits = "?wait=1" if case.query.get("wait") == "1" else ""
    return f"{route.path}{waits}" in SLOW_ON_PURPOSE
