"""Random games, small enough to look at every group, and of every shape a rule can have."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from foedus.power.game import Game, Gate, Rule, Threshold

# every group of a game is looked at, in plain Python: a fifth of what others look at
LOOKED_AT = settings(max_examples=settings.default.max_examples // 5 if settings.default else 200)


@st.composite
def thresholds(draw: st.DrawFn, voters: int, most: int = 9) -> Threshold:
    heads = draw(st.booleans())
    weights = (
        (1,) * voters
        if heads
        else tuple(draw(st.lists(st.integers(0, most), min_size=voters, max_size=voters)))
    )
    return Threshold(weights, draw(st.integers(1, max(1, sum(weights)))))


def sound(game: Game) -> bool:
    """Whether all together carry, and not without any vote: others are refused."""
    return game.carried(range(game.size)) and not game.carried([])


@st.composite
def _games(draw: st.DrawFn, most_voters: int) -> Game:
    voters = draw(st.integers(1, most_voters))
    leaf = thresholds(voters)
    rule: Rule = draw(st.recursive(leaf, _gates, max_leaves=4))
    return game(voters, rule)


@st.composite
def _boxed_games(draw: st.DrawFn, most_voters: int) -> Game:
    voters = draw(st.integers(1, most_voters))
    weighs = draw(thresholds(voters))
    heads = Threshold((1,) * voters, draw(st.integers(1, voters)))
    shape = draw(st.sampled_from(("one", "both", "either")))
    if shape == "one":
        return game(voters, weighs)
    return game(voters, Gate(2 if shape == "both" else 1, (weighs, heads)))


@st.composite
def _weighted_games(draw: st.DrawFn, most_voters: int) -> Game:
    voters = draw(st.integers(1, most_voters))
    return game(voters, draw(thresholds(voters)))


def games(most_voters: int = 6) -> st.SearchStrategy[Game]:
    """Games of any tree of thresholds."""
    return _games(most_voters).filter(sound)


def boxed_games(most_voters: int = 7) -> st.SearchStrategy[Game]:
    """Games of one threshold, or of one and a count of heads."""
    return _boxed_games(most_voters).filter(sound)


def weighted_games(most_voters: int = 7) -> st.SearchStrategy[Game]:
    """Games of one threshold."""
    return _weighted_games(most_voters).filter(sound)


def game(voters: int, rule: Rule) -> Game:
    return Game(tuple(f"v{at}" for at in range(voters)), rule)


@st.composite
def _gates(draw: st.DrawFn, inner: st.SearchStrategy[Rule]) -> Gate:
    parts = tuple(draw(st.lists(inner, min_size=1, max_size=3)))
    return Gate(draw(st.integers(1, len(parts))), parts)
