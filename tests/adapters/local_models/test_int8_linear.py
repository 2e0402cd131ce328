"""A row of a linear layer with 8-bit weights hangs on nothing but itself."""

from collections.abc import Iterator

import pytest
import torch

from servicebot.adapters.local_models.int8_linear import InputScale, Int8Linear, choose_engine

OTHER = "qnnpack"  # any engine that lacks the kernel with a fixed input scale


@pytest.fixture(params=["chosen", OTHER])
def layer(request: pytest.FixtureRequest) -> Iterator[Int8Linear]:
    """48 wide, 32 out; packed by the engine of this processor, and as on any other processor."""
    before = torch.backends.quantized.engine
    choose_engine()
    if request.param == OTHER:
        torch.backends.quantized.engine = OTHER
    dice = torch.Generator().manual_seed(5)
    weight = torch.randint(-127, 128, (32, 48), generator=dice).to(torch.int8)
    scale = torch.rand(32, generator=dice) / 127
    seen = InputScale(scale=6 / 255, zero_point=85)
    yield Int8Linear(weight, scale, torch.arange(32).float(), seen)
    torch.backends.quantized.engine = before


def test_a_row_is_the_same_alone_and_among_others(layer: Int8Linear) -> None:
    rows = torch.randn(37, 48, generator=torch.Generator().manual_seed(6))
    alone = torch.cat([layer(row.unsqueeze(0)) for row in rows])
    assert torch.equal(layer(rows), alone)


def test_zero_gives_the_bias(layer: Int8Linear) -> None:
    assert torch.equal(layer(torch.zeros(2, 48)), torch.arange(32).float().expand(2, -1))


def test_an_input_outside_of_what_was_seen_counts_as_the_nearest_end(layer: Int8Linear) -> None:
    ends = torch.tensor([[-2.0], [4.0]]).expand(-1, 48)
    torch.testing.assert_close(layer(ends * 50), layer(ends))


def test_the_steps_of_the_input_follow_its_scale(layer: Int8Linear) -> None:
    rows = torch.randint(-85, 171, (5, 48), generator=torch.Generator().manual_seed(7)) * (6 / 255)
    dice = torch.Generator().manual_seed(5)
    weight = torch.randint(-127, 128, (32, 48), generator=dice).float()
    exact = rows @ (weight * (torch.rand(32, generator=dice) / 127).unsqueeze(1)).T
    torch.testing.assert_close(layer(rows), exact + torch.arange(32), rtol=1e-4, atol=1e-4)
