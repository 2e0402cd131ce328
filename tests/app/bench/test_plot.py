"""Latency over time as a picture."""

from defusedxml import ElementTree

from servicebot.app.bench.loops import Taken
from servicebot.app.bench.plot import draw


def test_each_second_is_a_point_of_each_curve_and_errors_are_none() -> None:
    taken = Taken(
        intended_s=[0.1, 0.2, 1.5, 2.5],
        took_ms=[10, 20, 30, 9_000],
        late_ms=[0] * 4,
        fine=[True, True, True, False],
        seconds=3,
    )
    root = ElementTree.fromstring(draw(taken, "a title"))
    curves = [one.attrib["points"].split() for one in root if one.tag.endswith("polyline")]
    assert [len(points) for points in curves] == [2, 2]
    texts = [one.text for one in root if one.tag.endswith("text")]
    assert {"a title", "p50", "p99", "0 ms", "30 ms", "1 s"} <= set(texts)


def test_nothing_measured_is_drawn_without_curves() -> None:
    assert ElementTree.fromstring(draw(Taken(), "nothing")).tag.endswith("svg")
