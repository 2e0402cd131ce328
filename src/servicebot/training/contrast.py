"""The losses: partners are drawn together, everybody else apart, lessons towards their teacher."""

from typing import Final

import torch
from torch.nn.functional import cross_entropy, softplus

TEMPERATURE: Final = 0.05
_SHARPNESS: Final = 20.0
_EXCLUDED: Final = -1e4


def contrast(left: torch.Tensor, right: torch.Tensor, topics: torch.Tensor) -> torch.Tensor:
    """InfoNCE both ways, with the texts of one's own side as negatives too (Yang et al. 2021).

    Args:
        left: float32 [pairs, width], rows of length 1.
        right: Their partners.
        topics: int64 [pairs]; texts of one topic are no negatives of each other.
    """
    same = topics[:, None] == topics[None, :]
    itself = torch.eye(len(topics), dtype=torch.bool)
    places = torch.arange(len(topics))
    across = left @ right.T / TEMPERATURE
    losses = []
    for products, own in ((across, left), (across.T, right)):
        others = (own @ own.T / TEMPERATURE).masked_fill(same, _EXCLUDED)
        partners = products.masked_fill(same & ~itself, _EXCLUDED)
        losses.append(cross_entropy(torch.cat((partners, others), dim=1), places))
    return (losses[0] + losses[1]) / 2


def distance(vectors: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Mean of 1 - cosine towards the teacher's vectors; rows of both have length 1."""
    return 1 - (vectors * targets).sum(dim=1).mean()


def ranking(left: torch.Tensor, right: torch.Tensor, alike: torch.Tensor) -> torch.Tensor:
    """CoSENT (Su 2022): no pair that differs may be nearer than a pair that means the same.

    Args:
        left: float32 [pairs, width], rows of length 1.
        right: Likewise.
        alike: bool [pairs].
    """
    cosines = (left * right).sum(dim=1) * _SHARPNESS
    gaps = cosines[~alike][:, None] - cosines[alike][None, :]
    return softplus(torch.logsumexp(gaps.flatten(), dim=0)) if gaps.numel() else cosines.sum() * 0
