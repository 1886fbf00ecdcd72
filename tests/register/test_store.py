"""What every register keeps to, whatever keeps it."""

from __future__ import annotations

from hashlib import sha256
from threading import Thread

import pytest

from foedus.problems import BadInput, Conflict, NotFound
from foedus.register.log.tree import EMPTY
from foedus.register.store import Appended, Head, Paper, Receipt, Register, Submission
from foedus.register.writers import Writers
from tests.register import naive
from tests.register.backends import Backend

A, B, C = b"a", b"b", b"c"
MANY = [b"entry %d" % number for number in range(600)]


def test_an_empty_register_has_no_entries_and_the_root_of_nothing(register: Register) -> None:
    assert register.head() == Head(0, EMPTY)
    assert list(register.read()) == []


def test_entries_are_read_as_they_were_appended_and_in_order(register: Register) -> None:
    register.append([A, B])
    register.append([C])
    assert list(register.read()) == [A, B, C]
    assert list(register.read(1)) == [B, C]
    assert list(register.read(0, 2)) == [A, B]


def test_an_append_says_where_its_entries_are_and_the_head_after_them(register: Register) -> None:
    assert register.append([A, B]) == Appended(0, Head(2, naive.root([A, B])))
    assert register.append([C]) == Appended(2, Head(3, naive.root([A, B, C])))
    assert register.head() == Head(3, naive.root([A, B, C]))


def test_an_entry_may_hold_any_bytes(register: Register) -> None:
    entry = bytes(range(256))
    register.append([entry])
    assert list(register.read()) == [entry]


def test_the_longest_entry_is_what_a_bundle_can_hold(register: Register) -> None:
    register.append([b"x" * 65_535])
    with pytest.raises(BadInput, match="65,536 bytes long; an entry holds 1 to 65,535"):
        register.append([A, b"x" * 65_536])
    assert register.head().size == 1


def test_an_empty_entry_is_refused(register: Register) -> None:
    with pytest.raises(BadInput, match="entry 2 of 2: It is 0 bytes long"):
        register.append([A, b""])


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 511, 512, 600])
def test_the_root_and_the_kept_hashes_are_those_of_rfc_6962(register: Register, size: int) -> None:
    register.append(MANY[:size])
    assert register.head() == Head(size, naive.root(MANY[:size]))
    assert list(register.hashes(0, 0, size)) == [naive.root([entry]) for entry in MANY[:size]]
    wholes = size // 256
    assert list(register.hashes(1, 0, wholes)) == [
        naive.root(MANY[256 * at : 256 * (at + 1)]) for at in range(wholes)
    ]


def test_a_register_lasts_when_it_is_opened_again(lasting: Backend) -> None:
    before = lasting.open().append(MANY[:300], key="k")
    lasting.opened[0].close()
    again = lasting.open()
    assert again.head() == before.head
    assert list(again.read()) == MANY[:300]
    assert again.append(MANY[:300], key="k").again


def test_two_registers_in_one_place_do_not_mix(backend: Backend) -> None:
    one, other = backend.open("one"), backend.open("other")
    one.append([A], key="k")
    other.append([B, C], key="k")
    assert (list(one.read()), list(other.read())) == ([A], [B, C])


# the same append tried again


def test_an_append_tried_again_under_its_key_gives_the_first_result(register: Register) -> None:
    first = register.append([A], key="one")
    register.append([B])
    assert register.append([A], key="one") == Appended(first.first, first.head, again=True)
    assert list(register.read()) == [A, B]


def test_it_does_so_even_where_it_expected_the_size_of_then(register: Register) -> None:
    first = register.append([A], key="one", expected_size=0)
    register.append([B])
    assert register.append([A], key="one", expected_size=0).first == first.first


def test_a_key_used_for_other_entries_is_a_conflict(register: Register) -> None:
    register.append([A], key="one")
    with pytest.raises(Conflict, match=r"The key “one” was used for other entries, from 0 on\. Use another"):
        register.append([B], key="one")
    assert list(register.read()) == [A]


def test_without_a_key_the_same_entry_is_appended_twice(register: Register) -> None:
    register.append([A])
    register.append([A])
    assert list(register.read()) == [A, A]


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb", "a\0b"])
def test_a_key_is_short_and_printable(register: Register, key: str) -> None:
    with pytest.raises(BadInput, match="idempotency key"):
        register.append([A], key=key)


def test_receipts_tell_of_appends_by_their_keys(register: Register) -> None:
    register.append([A])
    register.append([B, C], key="two")
    digest = sha256(sha256(B).digest() + sha256(C).digest()).digest()
    assert list(register.receipts()) == [Receipt("two", digest, 1, Head(3, naive.root([A, B, C])))]


# writers who know of each other, and who do not


def test_an_append_that_expects_the_size_there_is_goes_through(register: Register) -> None:
    register.append([A])
    assert register.append([B], expected_size=1).first == 1


def test_one_that_expects_less_is_a_conflict_that_says_how_many_came_in_between(register: Register) -> None:
    register.append([A, B])
    with pytest.raises(
        Conflict, match=r"holds 2 entries, not 1: 1 entry came in between\. Read them first\."
    ):
        register.append([C], expected_size=1)
    assert list(register.read()) == [A, B]


def test_one_that_expects_more_is_told_that_the_register_is_another_or_was_set_back(
    register: Register,
) -> None:
    with pytest.raises(Conflict, match="holds 0 entries, not 5: it is another one, or was set back"):
        register.append([C], expected_size=5)


def test_what_one_submission_may_not_do_keeps_no_other_from_it(register: Register) -> None:
    outcomes = register.commit(
        [
            Submission((A,), key="one"),
            Submission((B,), expected_size=7),
            Submission((A,), key="one"),
            Submission((C,)),
        ]
    )
    kinds = [type(outcome) for outcome in outcomes]
    assert kinds == [Appended, Conflict, Appended, Appended]
    assert list(register.read()) == [A, C]


def test_writers_at_once_each_have_their_entries_on_record_once_and_in_order(backend: Backend) -> None:
    registers = [backend.open() for _ in range(4)]

    def write(writer: int) -> None:
        for number in range(25):
            registers[writer].append([b"%d/%d" % (writer, number)], key=f"{writer}/{number}")

    threads = [Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = list(registers[0].read())
    assert sorted(entries) == sorted(b"%d/%d" % (w, n) for w in range(4) for n in range(25))
    for writer in range(4):
        mine = [entry for entry in entries if entry.startswith(b"%d/" % writer)]
        assert mine == [b"%d/%d" % (writer, number) for number in range(25)]
    assert registers[3].head() == Head(100, naive.root(entries))


def test_many_threads_behind_one_transaction_each_get_their_own_answer(register: Register) -> None:
    writers = Writers(register)
    answers: dict[int, list[Appended | Conflict]] = {}

    def write(writer: int) -> None:
        answers[writer] = [
            writers.append([b"%d/%d" % (writer, number)], key=f"{writer}/{number}") for number in range(10)
        ]
        try:
            writers.append([A], expected_size=10_000)
        except Conflict as conflict:
            answers[writer].append(conflict)

    threads = [Thread(target=write, args=(writer,)) for writer in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = list(register.read())
    assert len(entries) == 320
    for writer, mine in answers.items():
        *appended, conflict = mine
        assert isinstance(conflict, Conflict)
        for number, answer in enumerate(appended):
            assert isinstance(answer, Appended)
            assert entries[answer.first] == b"%d/%d" % (writer, number)
            assert answer.head.size == answer.first + 1


# attachments and papers


def test_an_attachment_is_had_by_its_hash(register: Register) -> None:
    text = b"a long text" * 10_000
    register.submit(Submission((A,), attachments=(text,)))
    assert register.attachment(sha256(text).digest()) == text
    assert dict(register.attachments()) == {sha256(text).digest(): text}


def test_a_redacted_attachment_is_gone_and_stays_gone_and_the_root_is_as_it_was(register: Register) -> None:
    digest = sha256(b"secret").digest()
    first = register.submit(Submission((A,), attachments=(b"secret",)))
    second = register.submit(Submission((B,), redacts=(digest,)))
    register.submit(Submission((), attachments=(b"secret",)))
    assert register.attachment(digest) is None
    assert (first.head, second.head) == (Head(1, naive.root([A])), Head(2, naive.root([A, B])))


def test_an_attachment_that_never_was_is_not_found(register: Register) -> None:
    with pytest.raises(NotFound, match="There is no attachment"):
        register.attachment(sha256(b"nothing").digest())


def test_signatures_of_one_text_are_kept_together(register: Register) -> None:
    one = "log\n1\nroot\n\n— log AAAAAAA=\n"
    other = "log\n1\nroot\n\n— witness AAAAAAAA\n"
    register.keep(Paper("checkpoint", 1, one))
    kept = register.keep(Paper("checkpoint", 1, other))
    assert kept.text == "log\n1\nroot\n\n— log AAAAAAA=\n— witness AAAAAAAA\n"
    assert register.papers("checkpoint") == [kept]
    assert register.papers("fork") == []


def test_the_last_of_the_signed_texts_of_a_kind_is_the_longest(register: Register) -> None:
    assert register.last_paper("checkpoint") is None
    for size in (3, 12, 5):
        register.keep(Paper("checkpoint", size, f"log\n{size}\nroot\n\n— log AAAAAAA=\n"))
    register.keep(Paper("fork", 20, "log\n20\nroot\n\n— log AAAAAAA=\n"))
    assert register.last_paper("checkpoint") == register.papers("checkpoint")[-1]
    assert [paper.size for paper in register.papers("checkpoint")] == [3, 5, 12]
