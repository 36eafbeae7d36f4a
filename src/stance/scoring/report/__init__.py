"""The report: one HTML file that needs no network."""

from stance.scoring.report.page import render

__all__ = ["render"]
