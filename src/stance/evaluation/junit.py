"""Verdicts as JUnit XML, which every CI system can show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as xml

from stance.evaluation.verdict import Check, GateReport
from stance.evaluation.words import describe


def gate_junit(report: GateReport) -> str:
    """The gate as a test suite: one case for each check; a refusal is an error.

    A check that cannot tell fails its case only if the gate stops because of it, and is skipped
    otherwise.
    """
    suite = xml.Element("testsuite", name="stance gate")
    if report.verdict == "refused":
        case = xml.SubElement(suite, "testcase", classname="gate", name="comparison")
        xml.SubElement(case, "error", type="refused", message=report.reason)
    for check in report.checks:
        _check(suite, check, report)
    return _written(suite)


def behaviour_junit(capabilities: Sequence[dict[str, Any]], least: float) -> str:
    """The behaviour suite: one case for each capability, failed below the share ``least``."""
    suite = xml.Element("testsuite", name="stance behaviour")
    for row in capabilities:
        name = f"{row['capability']} ({row['kind']})"
        case = xml.SubElement(suite, "testcase", classname="behaviour", name=name)
        text = f"{row['passed']} of {row['cases']} cases pass"
        if row["rate"] < least:
            failure = xml.SubElement(case, "failure", type="fail", message=text)
            failure.text = "\n".join(row["failing"])
        else:
            xml.SubElement(case, "system-out").text = text
    return _written(suite)


def _check(suite: xml.Element, check: Check, report: GateReport) -> None:
    case = xml.SubElement(suite, "testcase", classname=f"gate.{check.kind}", name=check.name)
    text = describe(check)
    stops = check.required and report.exit_status != 0
    if check.verdict == "fail" or (check.verdict == "inconclusive" and stops):
        xml.SubElement(case, "failure", type=check.verdict, message=text)
    elif check.verdict == "inconclusive":
        xml.SubElement(case, "skipped", message=text)
    else:
        xml.SubElement(case, "system-out").text = text


def _written(suite: xml.Element) -> str:
    for tag, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(suite)))
    xml.indent(suite)
    return xml.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
