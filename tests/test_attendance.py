"""In what capacity one may attend: a national role, an office of the charter, or as a guest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folders import CHARTER, FILES, problems

RULE = """
```rule
{{id: guests, kind: attendance, organ: council, may attend: [{capacity}], in force: {{from: 2001-01-01}}, basis: seen}}
```
"""


@pytest.mark.parametrize("capacity", ["foreign-minister", "chairman", "invited"])
def test_a_role_an_office_of_the_charter_and_a_guest_may_attend(capacity: str, tmp_path: Path) -> None:
    assert not problems(tmp_path, {CHARTER: FILES[CHARTER] + RULE.format(capacity=capacity)})


@pytest.mark.parametrize("capacity", ["registrar", "chairmann", "guest"])
def test_any_other_capacity_is_told_with_its_rule(capacity: str, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, {CHARTER: FILES[CHARTER] + RULE.format(capacity=capacity)})
    assert found.file == CHARTER
    assert f"“{capacity}”" in found.what
