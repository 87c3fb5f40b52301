"""The commands `deadline` and `retention explain`: answers, languages, refusals."""

import json
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from app.cli.law import deadline, retention_group

COMMANDS = click.Group(commands={"deadline": deadline, "retention": retention_group})


def run(*arguments: str) -> Result:
    return CliRunner().invoke(COMMANDS, arguments)


def answer(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    parsed: dict[str, Any] = json.loads(result.stdout)
    return parsed


def refusal(*arguments: str) -> str:
    result = run(*arguments, "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def codes(data: dict[str, Any]) -> list[str]:
    return [step["code"] for step in data["steps"]]


def test_a_deadline_is_given_with_its_steps() -> None:
    data = answer("deadline", "--received", "2026-03-05")
    assert list(data) == ["due", "notice_by", "steps"]
    assert (data["due"], data["notice_by"]) == ("2026-04-07", "2026-04-07")
    assert codes(data) == [
        "rule",
        "received",
        "period_end",
        "passed_over",
        "passed_over",
        "due",
        "notice_by",
    ]
    easter = data["steps"][3]
    assert easter["day"] == "2026-04-05"
    assert easter["values"]["sv"] == "påskdagen"
    assert easter["text"] == "5.4.2026 on pääsiäispäivä, eikä määräaika pääty sellaisena päivänä."


@pytest.mark.parametrize(
    ("arguments", "due", "notice_by"),
    [
        (["2026-03-19", "--extended"], "2026-06-22", "2026-04-20"),
        (["2026-03-02", "--suspended", "2026-03-04..2026-03-18"], "2026-04-16", "2026-04-16"),
        (["2026-03-05", "--suspended", "2026-03-04..2026-03-18"], "2026-04-20", "2026-04-20"),
        (
            [
                "2026-03-02",
                "--suspended",
                "2026-03-16..2026-03-23",
                "--suspended",
                "2026-03-04..2026-03-09",
            ],
            "2026-04-14",
            "2026-04-14",
        ),
        (["2026-03-02", "--suspended", "2026-03-04.."], None, "2026-04-02"),
        (["2026-11-24"], "2026-12-24", "2026-12-24"),
        (["2026-11-24", "--eve-rule"], "2026-12-28", "2026-12-28"),
        (["2026-03-05", "--kind", "log_data"], "2026-05-05", "2026-05-05"),
        (["2026-03-05", "--kind", "access"], "2026-04-07", "2026-04-07"),
    ],
)
def test_options_change_the_deadline(arguments: list[str], due: str | None, notice_by: str) -> None:
    data = answer("deadline", "--received", *arguments)
    assert (data["due"], data["notice_by"]) == (due, notice_by)


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("fi", "Viimeinen vastauspäivä: 7.4.2026"),
        ("sv", "Sista dagen att svara: 7.4.2026"),
        ("en", "Last day to answer: 7 Apr 2026"),
    ],
)
def test_a_deadline_is_told_in_the_chosen_language(language: str, headline: str) -> None:
    result = run("deadline", "--received", "2026-03-05", "--language", language)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == headline
    assert len(lines) == 8
    assert all(line.startswith("- ") for line in lines[1:])


def test_finnish_is_the_language_when_none_is_chosen() -> None:
    plain = run("deadline", "--received", "2026-03-05").stdout
    assert plain == run("deadline", "--received", "2026-03-05", "--language", "fi").stdout


def test_a_stopped_clock_is_told_in_words() -> None:
    result = run("deadline", "--received", "2026-03-02", "--suspended", "2026-03-04..")
    assert result.stdout.startswith("Viimeinen vastauspäivä: ei ole, määräaika on keskeytyneenä\n")


@pytest.mark.parametrize(
    ("arguments", "option", "rule"),
    [
        (["2026-02-30"], "--received", "is not a day of the calendar"),
        (["2026-13-01"], "--received", "is not a day of the calendar"),
        (["0000-01-01"], "--received", "is not a day of the calendar"),
        (["5.3.2026"], "--received", "Write it as 2026-03-05"),
        (["20260305"], "--received", "Write it as 2026-03-05"),
        (["2026-W10-4"], "--received", "Write it as 2026-03-05"),
        (["today"], "--received", "Write it as 2026-03-05"),
        ([""], "--received", "Write it as 2026-03-05"),
        (["9999-12-31"], "--received", "1853 to 2100"),
        (["1700-01-01"], "--received", "1853 to 2100"),
        (["2026-03-05", "--suspended", "2026-03-07"], "--suspended", "two dots"),
        (["2026-03-05", "--suspended", "..2026-03-07"], "--suspended", "Write it as 2026-03-05"),
        (["2026-03-05", "--suspended", "2026-02-30.."], "--suspended", "not a day of the calendar"),
        (
            ["2026-03-05", "--suspended", "2026-03-09..2026-03-07"],
            "--suspended",
            "cannot come before the question",
        ),
        (
            [
                "2026-03-05",
                "--suspended",
                "2026-03-09..2026-03-12",
                "--suspended",
                "2026-03-10..2026-03-15",
            ],
            "--suspended",
            "cannot overlap",
        ),
        (
            ["2026-03-05", "--kind", "log_data", "--extended"],
            "--extended",
            "Leave --extended out",
        ),
        (["2026-03-05", "--kind", "invoice"], "--kind", "log_data"),
        (["2026-03-05", "--language", "de"], "--language", "sv"),
    ],
)
def test_a_deadline_that_cannot_be_computed_is_refused_with_the_way_out(
    arguments: list[str], option: str, rule: str
) -> None:
    message = refusal("deadline", "--language", "en", "--received", *arguments)
    assert option in message
    assert rule in message


def test_the_day_of_receipt_is_required() -> None:
    assert "--received" in refusal("deadline")


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "ei ole kalenterin päivä"), ("sv", "finns inte i kalendern")],
)
def test_a_refusal_is_told_in_the_chosen_language(language: str, words: str) -> None:
    assert words in refusal("deadline", "--received", "2026-02-30", "--language", language)


def test_retention_is_given_with_its_steps() -> None:
    data = answer("retention", "explain", "--period", "P10Y", "--trigger", "2024-02-29")
    assert list(data) == ["last_kept_day", "disposable_from", "steps"]
    assert (data["last_kept_day"], data["disposable_from"]) == ("2034-02-28", "2034-03-01")
    assert codes(data) == ["rule", "trigger", "month_end", "last_kept_day", "disposable_from"]
    assert data["steps"][-1]["text"] == "Asiakirjan saa hävittää aikaisintaan 1.3.2034."


@pytest.mark.parametrize(
    ("arguments", "last", "disposable"),
    [
        (["P6Y", "2017-04-30", "--cut-off", "calendar_year_end"], "2023-12-31", "2024-01-01"),
        (["P10Y", "2025-03-14", "--cut-off", "none"], "2035-03-14", "2035-03-15"),
        (["P1Y", "2024-12-31", "--cut-off", "financial_year_end"], "2025-12-31", "2026-01-01"),
        (
            [
                "P10Y",
                "2016-11-15",
                "--cut-off",
                "financial_year_end",
                "--financial-year-end",
                "04-30",
            ],
            "2027-04-30",
            "2027-05-01",
        ),
        (["P0D", "2026-02-03"], None, "2026-02-03"),
    ],
)
def test_options_change_the_retention_date(
    arguments: list[str], last: str | None, disposable: str
) -> None:
    period, trigger, *more = arguments
    data = answer("retention", "explain", "--period", period, "--trigger", trigger, *more)
    assert (data["last_kept_day"], data["disposable_from"]) == (last, disposable)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "fi",
            ["Viimeinen säilytyspäivä: 14.3.2035", "- Sääntö: 10 vuotta, sitten hävittäminen."],
        ),
        ("sv", ["Sista förvaringsdagen: 14.3.2035", "- Regel: 10 år, sedan förstöring."]),
        ("en", ["Last day of retention: 14 Mar 2035", "- Rule: 10 years, then destruction."]),
    ],
)
def test_retention_is_told_in_the_chosen_language(language: str, lines: list[str]) -> None:
    result = run(
        "retention",
        "explain",
        "--period",
        "P10Y",
        "--trigger",
        "2025-03-14",
        "--language",
        language,
    )
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == lines


def test_what_is_not_stored_has_no_last_day() -> None:
    result = run("retention", "explain", "--period", "P0D", "--trigger", "2026-02-03")
    assert result.stdout.startswith("Viimeinen säilytyspäivä: ei ole, asiakirjaa ei tallenneta\n")


@pytest.mark.parametrize(
    ("arguments", "option", "rule"),
    [
        (["10 years", "2026-01-01"], "--period", "P10Y, P6M, P2W, P30D, P1Y6M"),
        (["P-1Y", "2026-01-01"], "--period", "P10Y, P6M"),
        (["PT72M", "2026-01-01"], "--period", "P10Y, P6M"),
        (["P1Y2W", "2026-01-01"], "--period", "P10Y, P6M"),
        (["", "2026-01-01"], "--period", "P10Y, P6M"),
        (["P9999Y", "2026-01-01"], "--period", "shorter period"),
        (["P1D", "9999-12-31"], "--period", "shorter period"),
        (["P1Y", "2023-02-29"], "--trigger", "not a day of the calendar"),
        (["P1Y", "1.1.2026"], "--trigger", "Write it as 2026-03-05"),
        (["P1Y", "2026-01-01", "--cut-off", "month_end"], "--cut-off", "calendar_year_end"),
        (
            ["P1Y", "2026-01-01", "--financial-year-end", "02-30"],
            "--financial-year-end",
            "Write them as 04-30",
        ),
        (
            ["P1Y", "2026-01-01", "--financial-year-end", "30.4."],
            "--financial-year-end",
            "Write them as 04-30",
        ),
    ],
)
def test_retention_that_cannot_be_computed_is_refused_with_the_way_out(
    arguments: list[str], option: str, rule: str
) -> None:
    period, trigger, *more = arguments
    message = refusal(
        "retention",
        "explain",
        "--language",
        "en",
        "--period",
        period,
        "--trigger",
        trigger,
        *more,
    )
    assert option in message
    assert rule in message


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (
            ["deadline"],
            ["--received", "--extended", "--suspended", "--eve-rule", "--kind", "--language"],
        ),
        (["retention"], ["explain"]),
        (["retention", "explain"], ["--period", "--trigger", "--cut-off", "--json", "--language"]),
    ],
)
def test_every_command_has_help_that_names_its_options(
    command: list[str], options: list[str]
) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert all(option in result.stdout for option in options)
