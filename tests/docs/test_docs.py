"""The documents say what the code does: options, links, errors, headers, dependencies."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from digitize import errors
from digitize.cli import main
from digitize.errors import DigitizeError, ExitCode
from digitize.export.tables import DIGITS_HEADER, NUMBERS_HEADER
from digitize.load import LoadOptions
from digitize.options import PageOptions

try:
    import tomllib
except ImportError:  # Python 3.10, where pytest brings it
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "sample_docs" / "README.md"]
)
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
LINK = re.compile(r"\]\(([^()\s]+(?:\\[()][^()\s]*)*)\)")
COMMAND = re.compile(r"\bdigitize ([a-z]+)((?: [^|`\n]*)?)")
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]+|-[a-z])(?![\w-])")
QUOTED_OPTION = re.compile(r"`(--[a-z][a-z-]+)[^`]*`")
WRITTEN_BY_THE_BENCHMARK = "docs/accuracy.md"
NOT_OURS = {"--regen-golden"}  # pytest's, and said to be so
STILL_TO_COME = {"--template"}  # docs/design.md alone


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def options_of(command: str) -> set[str]:
    """The options of a command of `digitize`, help included."""
    found = main.commands[command]
    return {"-h", "--help", *(name for parameter in found.params for name in parameter.opts)}


def every_option() -> set[str]:
    return {"--version"}.union(*(options_of(command) for command in main.commands))


def anchors_of(path: Path) -> set[str]:
    """The anchors that GitHub makes of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows_of(name: str, heading: str) -> list[list[str]]:
    """The cells of the tables under a heading of a document, without their head."""
    section = text_of(name).split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines][2:]


def in_code(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def error_kinds() -> Iterator[tuple[str, ExitCode]]:
    """Every subclass of DigitizeError in errors.py, with its exit code."""
    for name, value in vars(errors).items():
        ours = isinstance(value, type) and issubclass(value, DigitizeError)
        if ours and value is not DigitizeError:
            yield name, value.exit_code


def failures_made_by_name() -> set[str]:
    """The kinds that the code writes into a Failure as a string."""
    return {
        call.args[0].value
        for path in (ROOT / "digitize").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Failure"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def causes_in_the_code() -> Iterator[tuple[str, str]]:
    """Where a run's errors are raised, and the longest fixed part of what each says is wrong."""
    kinds = {kind for kind, _ in error_kinds()} | {"_unclear"}
    for path in sorted((ROOT / "digitize").rglob("*.py")):
        if "train" in path.parts:
            continue  # its messages are for those who make models
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            if named and call.func.id in kinds and call.args:
                parts = [
                    part.value
                    for part in ast.walk(call.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
                if parts:
                    yield f"{path.name}:{call.lineno}", max(parts, key=len).strip(" :;,.('")


@pytest.mark.parametrize("name", NAMES)
def test_every_command_that_a_document_shows_exists_with_its_options(name: str) -> None:
    for command, rest in COMMAND.findall(text_of(name)):
        if command not in main.commands:
            assert not rest.strip().startswith("-"), f"digitize {command}{rest}"
            continue
        unknown = set(OPTION.findall(rest.split("; ")[0])) - options_of(command)
        assert not unknown, f"digitize {command}{rest}"


@pytest.mark.parametrize("name", NAMES)
def test_every_option_that_a_document_names_exists(name: str) -> None:
    known = every_option() | NOT_OURS
    if name == "docs/design.md":
        known |= STILL_TO_COME
    assert set(QUOTED_OPTION.findall(text_of(name))) <= known


def test_what_is_still_to_come_has_not_come_yet() -> None:
    assert not STILL_TO_COME & every_option()


@pytest.mark.parametrize("name", NAMES)
def test_every_link_within_the_project_leads_somewhere(name: str) -> None:
    for link in LINK.findall(text_of(name)):
        if "://" in link:
            continue
        target, _, anchor = link.partition("#")
        path = (ROOT / name).parent / target if target else ROOT / name
        assert path.exists(), link
        assert not anchor or anchor in anchors_of(path), link


@pytest.mark.parametrize("name", [name for name in NAMES if name != "sample_docs/README.md"])
def test_every_document_but_the_first_is_named_by_another(name: str) -> None:
    if name == "README.md":
        return
    path = (ROOT / name).resolve()
    named = {
        (other.parent / link.partition("#")[0]).resolve()
        for other in DOCUMENTS
        for link in LINK.findall(other.read_text(encoding="utf-8"))
        if "://" not in link
    }
    assert path in named


def test_the_page_of_errors_names_every_kind_with_its_exit_code() -> None:
    codes = {in_code(row[0]).pop(): row[2] for row in rows_of("docs/errors.md", "Kinds")}
    for kind, code in error_kinds():
        assert re.search(rf"\b{code.value}\b", codes[kind]), kind
    assert set(codes) == {kind for kind, _ in error_kinds()} | failures_made_by_name()


def test_the_page_of_errors_holds_every_message_of_a_run() -> None:
    page = " ".join(text_of("docs/errors.md").split())
    missing = [(where, cause) for where, cause in causes_in_the_code() if cause not in page]
    assert not missing


@pytest.mark.parametrize(
    ("name", "heading"), [("docs/errors.md", "Exit codes"), ("README.md", "Exit codes")]
)
def test_the_exit_codes_in_a_document_are_those_of_the_code(name: str, heading: str) -> None:
    assert [int(row[0]) for row in rows_of(name, heading)] == [code.value for code in ExitCode]


def test_the_exit_codes_that_help_names_are_those_of_the_code() -> None:
    help_text = main.commands["run"].help or ""
    assert all(re.search(rf"\b{code.value}\b", help_text) for code in ExitCode)


@pytest.mark.parametrize("name", ["README.md", "docs/outputs.md"])
@pytest.mark.parametrize("header", [NUMBERS_HEADER, DIGITS_HEADER])
def test_the_headers_of_tables_in_a_document_are_those_of_the_code(
    name: str, header: tuple[str, ...]
) -> None:
    assert f"    {','.join(header)}\n" in text_of(name)


def test_the_page_of_outputs_explains_every_column() -> None:
    explained = {name for row in rows_of("docs/outputs.md", "Tables") for name in in_code(row[0])}
    assert explained == {*NUMBERS_HEADER, *DIGITS_HEADER}


def test_the_page_of_the_pipeline_gives_every_stages_options_and_their_defaults() -> None:
    told: dict[str, str] = {}
    for line in text_of("docs/pipeline.md").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        names = re.findall(r"`(\w+)`", cells[0]) if line.startswith("| `") else []
        if names:
            told.update(zip(names, cells[1].split(", "), strict=True))
    stages = [LoadOptions(), *(getattr(PageOptions(), f.name) for f in fields(PageOptions))]
    actual = {f.name: getattr(stage, f.name) for stage in stages for f in fields(stage)}
    assert all(is_dataclass(stage) for stage in stages)
    assert set(told) == set(actual)
    for name, value in actual.items():
        told_value = told[name].split(";")[0].strip()
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            assert float(told_value) == value, name
        else:
            shown = {"None": "all", "()": "none", "True": "true", "False": "false"}
            assert told_value == shown.get(str(value), str(value)), name


def test_the_table_of_dependencies_lists_those_of_the_project_and_no_others() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    extras = {"": project["dependencies"], **project["optional-dependencies"]}
    declared = {
        (re.split(r"[<>=\[ ]", requirement)[0], extra)
        for extra, requirements in extras.items()
        for requirement in requirements
        if not requirement.startswith("digitize[")
    }
    listed = {(in_code(row[0]).pop(), row[1]) for row in rows_of("docs/design.md", "Dependencies")}
    assert listed == declared


def test_the_layers_in_the_design_are_those_that_are_checked() -> None:
    contract = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]
    layers = [layer.replace("digitize.", "") for layer in contract["layers"]]
    section = text_of("docs/design.md").split("## Layers\n", 1)[1].split("\n## ", 1)[0]
    told = re.findall(r"^\d+\. (.+)$", section, re.MULTILINE)
    single = [layer for layer in layers if "|" not in layer and layer != "__main__"]
    assert [line.strip("`") for line in told if line.count("`") == 2 and "," not in line] == single
    assert len(told) == len([layer for layer in layers if layer != "__main__"])


def test_the_page_of_accuracy_is_written_by_the_benchmark() -> None:
    assert "benchmarks/accuracy.py" in text_of(WRITTEN_BY_THE_BENCHMARK)


def test_the_changelog_tells_of_the_version_in_hand() -> None:
    from digitize import __version__

    assert __version__ in text_of("CHANGELOG.md")
