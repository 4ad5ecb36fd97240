"""A manifest is read whole: every mistake is named with its line, all at once."""

from __future__ import annotations

import pytest
from tests.connectors.rest.manifests import customers, with_streams

from console.connectors.errors import SourceError
from console.connectors.rest.manifest import PagingKind
from console.connectors.rest.reading import manifest_of


def problems_of(text: str) -> str:
    with pytest.raises(SourceError) as failed:
        manifest_of(text)
    return failed.value.what


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def test_a_whole_manifest_is_read() -> None:
    manifest = manifest_of(with_streams(customers("records: items", "paging: {kind: page, param: page, size: 50}")))

    assert manifest.title == "Shop"
    assert manifest.streams[0].request.records == "items"
    assert manifest.streams[0].request.paging.kind is PagingKind.PAGE
    assert set(manifest.streams[0].maps[0].properties) == {"name", "plan", "seats"}


def test_every_mistake_is_named_with_its_line_at_once() -> None:
    text = with_streams(
        customers(
            "paging: {kind: pages, param: page}", "recrods: items", "cursor: {field: updated_at, look_back: soon}"
        )
    )

    said = problems_of(text)

    assert f"line {line_of(text, 'kind: pages')}: kind is none of none, page" in said
    assert f"line {line_of(text, 'recrods')}: stream customers knows no recrods; did you mean records?" in said
    assert f"line {line_of(text, 'soon')}: look_back must be a time like" in said


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["params: {after: '{since}'}"], "uses {since}, which is not known here"),
        (["cursor: {look_back: 2d}"], "cursor says either field"),
        (["cursor: {field: a, token: b}"], "cursor says either field"),
        (["paging: {kind: cursor, param: after}"], "lacks at"),
        (["paging: {kind: offset, param: start}"], "lacks size"),
        (["window: {cap: 10, total: total}"], "needs a cursor"),
        (["snapshot: true", "cursor: {token: after}"], "is a snapshot"),
        (["snapshot: maybe"], "must be true or false"),
        (["method: SEARCH"], "method is none of"),
        (["params: [1, 2]"], "params must hold names and values"),
        (["paging: {kind: page, param: page, size: -4}"], "size must lie between"),
    ],
)
def test_what_cannot_work_is_refused(lines: list[str], sentence: str) -> None:
    assert sentence in problems_of(with_streams(customers(*lines)))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("name: shop", "name: Shop!", "small letters"),
        ("kind: secret", "kind: secrets", "kind is none of"),
        ('address: "{base_url}"', 'address: "https://{subdomain}.x"', "uses {subdomain}"),
        ("check: ", "chek: ", "lacks check"),
        ("manifest: 1", "manifest: 7", "does not begin with manifest: 1"),
        ("kind: bearer", "kind: basic", "lacks name"),
        ("      id: id\n", "", "lacks id"),
        ("tags: tags.*.name", "tags: tags..name", "is no path"),
        ("tags: tags.*.name", "tags: {lookup: labels, path: tags}", "no list is called so"),
        ("tags: tags.*.name", "tags: {between: x}", "says none of path, text"),
        ("title: Shop\n", "title: Shop\ntitle: Two\n", "stands here twice"),
        ("title: Shop", "title: &a Shop", "anchors and aliases"),
        ("title: Shop", "title: [", "this is no YAML"),
        ("title: Shop", "title: !!python/object:os.system x", ""),
        ("title: Shop", "", "lacks title"),
    ],
)
def test_mistakes_of_the_head_are_named(old: str, new: str, sentence: str) -> None:
    text = with_streams(customers())
    assert old in text

    if sentence:
        assert sentence in problems_of(text.replace(old, new))
    else:
        assert manifest_of(text.replace(old, new)).title == "x"


def test_a_file_of_aliases_that_would_grow_without_end_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30))

    assert "line 1: anchors" in problems_of(bomb)


@pytest.mark.parametrize("text", ["", "- 1", "just words", "\0", "a: " * 5_000, "[" * 5_000])
def test_what_is_no_manifest_at_all_is_refused_with_a_sentence(text: str) -> None:
    assert "line 1" in problems_of(text)


def test_a_date_and_a_number_with_colons_are_meant_as_written() -> None:
    manifest = manifest_of(
        with_streams(
            customers("cursor: {field: updated_at, first: 2020-01-01}", "params: {from: '{since}', at: 12:30:00}")
        )
    )

    assert manifest.streams[0].cursor is not None
    assert manifest.streams[0].cursor.first == "2020-01-01"
    assert manifest.streams[0].request.params["at"] == "12:30:00"


def test_proof_without_what_it_is_compared_with_is_a_mistake() -> None:
    writes = 'writes:\n  state: {path: "chats/{id}", body: {state: "{state}"}, proof: "{state}"}\n'
    with pytest.raises(SourceError, match="proof, which needs before and theirs"):
        manifest_of(with_streams(customers(), writes))


def test_a_snapshot_that_would_be_cut_is_a_mistake() -> None:
    assert "would cut it" in problems_of(
        with_streams(customers("snapshot: true", "paging: {kind: page, param: page, most: 3}"))
    )
