"""Files that people write: YAML 1.2 by its core schema, and every fault of its form named with its line."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.written import MAX_CHARACTERS, MAX_DEPTH, read_yaml


def data(text: str) -> Any:
    written = read_yaml(text, "file.yaml")
    assert not written.problems
    return written.data


def faults(text: str, first_line: int = 1) -> list[tuple[int, str]]:
    """The line and the words of each fault."""
    written = read_yaml(text, "file.yaml", first_line)
    assert all(problem.file == "file.yaml" for problem in written.problems)
    return [(p.line, f"{p.what} {p.remedy}") for p in written.problems]


@pytest.mark.parametrize(
    "word", ["on", "off", "yes", "no", "y", "n", "On", "NO", "tRue", "nULL", "none", "12:30:00"]
)
def test_words_that_yaml_1_1_reads_as_something_else_stay_texts(word: str) -> None:
    assert data(f"{word}: {word}") == {word: word}


@pytest.mark.parametrize("word", ["2022-11-23", "2022-11", "2022-11-23/2023-01-01", "1_000", "0b1"])
def test_dates_and_the_like_stay_texts(word: str) -> None:
    assert data(f"on: {word}") == {"on": word}


# the core schema of YAML 1.2.2, section 10.3.2
@pytest.mark.parametrize(
    ("word", "value"),
    [
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        ("0", 0), ("-19", -19), ("2022", 2022),
    ],
)  # fmt: skip
def test_the_plain_words_of_the_core_schema_are_what_it_says(word: str, value: Any) -> None:
    read = data(f"key: {word}")["key"]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("word", ["null", "true", "2022", "~", ""])
def test_what_is_quoted_is_a_text(word: str) -> None:
    assert data(f"key: '{word}'") == {"key": word}


def test_a_key_is_the_word_that_is_written() -> None:
    assert data("null: a\n2022: b\ntrue: c") == {"null": "a", "2022": "b", "true": "c"}


@pytest.mark.parametrize(
    "text", ["key: [a, b", "key: {a: b", "key: 'a", 'key: "a', "key: ]", "key: [a}", "key: {a: [}"]
)
def test_brackets_and_quotes_that_do_not_match_are_a_fault(text: str) -> None:
    (fault,) = faults(f"first: 1\n{text}\n")
    assert fault[0] in {2, 3}  # where it opens, or where the file ends without its close


@pytest.mark.parametrize(
    "text",
    ["key:\n\tinner: 1", "key:\n  a: 1\n b: 2", "- a\nb: 1", "a: b: c", "a: 1\n  b: 2", "key: @a", "key: `a"],
)
def test_tabs_bad_indentation_and_misplaced_signs_are_a_fault(text: str) -> None:
    ((line, _),) = faults(f"# a comment\n{text}\n")
    assert line in {2, 3, 4}


def test_a_fault_of_form_is_on_the_line_where_it_is() -> None:
    ((line, _),) = faults("a: 1\nb: 2\nc: d: e\nf: 3\n")
    assert line == 3


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\x7f"])
def test_a_sign_that_no_yaml_may_hold_is_a_fault_on_its_line(sign: str) -> None:
    ((line, _),) = faults(f"a: 1\nb: x{sign}y\n")
    assert line == 2


@pytest.mark.parametrize("escape", ["\\UFFFFFFFF", "\\U00110000", "\\xZZ", "\\u12", "\\q"])
def test_an_escape_of_no_sign_is_a_fault_on_its_line(escape: str) -> None:
    ((line, _),) = faults(f'a: 1\nb: "{escape}"\n')
    assert line == 2


def test_an_escape_of_half_a_sign_is_a_fault_since_no_utf_8_can_hold_it() -> None:
    ((line, _),) = faults('a: 1\nb: "\\ud800"\n')
    assert line == 2


def test_a_key_that_stands_twice_is_a_fault_that_names_both_lines() -> None:
    ((line, words),) = faults("a: 1\nb: 2\na: 3\n")
    assert line == 3
    assert "“a”" in words
    assert "line 1" in words


def test_keys_that_stand_twice_are_each_named_however_deep_they_are() -> None:
    assert [line for line, _ in faults("a:\n  - {b: 1, b: 2}\n  - {c: 1}\na: 1\n")] == [2, 4]


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1", "a: &x [1]", "a: &x {b: 1}", "&x a: 1", "a: *x", "*x : 1", "a: {<<: *x}",
        "a: !!str 1", "a: !mine 1", "a: !!python/object:os.system 1", "!!str a: 1", "a: !<tag:yaml.org,2002:int> 1",
    ],
)  # fmt: skip
def test_anchors_aliases_and_tags_are_refused_on_values_and_on_keys(text: str) -> None:
    ((line, _),) = faults(f"first: 1\n{text}\n")
    assert line == 2


def test_aliases_that_would_swell_are_refused_before_they_do() -> None:
    bomb = "a: &a [x, x, x, x]\n" + "".join(f"a{n}: &a{n} [*a{n or ''}, *a{n or ''}]\n" for n in range(1, 60))
    assert [line for line, _ in faults(bomb)] == [1]


def test_a_second_document_is_a_fault_on_its_line() -> None:
    ((line, words),) = faults("a: 1\n---\nb: 2\n")
    assert line in {2, 3}
    assert "second document" in words


def test_a_directive_for_another_version_of_yaml_is_a_fault() -> None:
    assert [line for line, _ in faults("%YAML 1.1\n---\non: 1\n")] == [1]


@pytest.mark.parametrize("key", ["[a]: 1", "{a: b}: 1", "? [a]\n: 1"])
def test_a_key_that_is_no_word_is_a_fault(key: str) -> None:
    assert [line for line, _ in faults(f"first: 1\n{key}\n")] == [2]


def test_what_is_nested_too_deep_is_a_fault_and_what_is_just_deep_enough_is_not() -> None:
    assert faults("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == []
    ((line, words),) = faults("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2))
    assert line == 1
    assert str(MAX_DEPTH) in words


@pytest.mark.parametrize("text", ["[" * 50_000, "{" * 50_000, "- " * 10_000, "? " * 10_000, "a: " * 10_000])
def test_depth_without_measure_is_one_fault_and_no_overflow(text: str) -> None:
    assert len(faults(text)) == 1


def test_a_text_that_is_too_long_is_a_fault_that_says_how_long_it_may_be() -> None:
    ((line, words),) = faults("#" * (MAX_CHARACTERS + 1))
    assert line == 1
    assert f"{MAX_CHARACTERS:,}" in words


def test_a_value_of_a_hundred_thousand_signs_is_read_whole() -> None:
    assert data(f"key: {'x' * 100_000}") == {"key": "x" * 100_000}


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n", "--- # nothing\n...\n"])
def test_a_text_that_says_nothing_is_nothing(text: str) -> None:
    assert data(text) is None


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert data("\ufeffid: tiny\n") == {"id": "tiny"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_reads_alike_and_counts_lines_alike(end: str) -> None:
    text = "a: 1\nb:\n  - one\n  - two\n".replace("\n", end)
    written = read_yaml(text, "file.yaml")
    assert written.data == {"a": 1, "b": ("one", "two")}
    assert [written.line(path) for path in (("a",), ("b",), ("b", 0), ("b", 1))] == [1, 2, 3, 4]


def test_lines_are_counted_from_where_the_block_begins_in_its_file() -> None:
    assert [line for line, _ in faults("a: 1\na: 2\n", first_line=40)] == [41]


def test_a_path_that_is_not_written_has_the_line_of_what_is_nearest_around_it() -> None:
    written = read_yaml("a: 1\nb:\n  c:\n    d: 1\n", "file.yaml")
    assert written.line(("b", "c", "missing", 3)) == 3
    assert written.line(()) == 1
