"""What kind of party a name alone tells of, for lists that do not say."""

from __future__ import annotations

import re

from stance.parties.grammar import TITLED
from stance.parties.names import STATE_NAME, bare

#: Kind → the words that say so at the end of a name, before "of" or "for" where there is one.
_HEADS: dict[str, frozenset[str]] = {
    kind: frozenset(words.split())
    for kind, words in {
        "government": "Government Administration Cabinet",
        "ministry": "Ministry Treasury",
        "court": "Court Tribunal",
        "party": "Party Front Movement Coalition Bloc Democrats Republicans Conservatives "
        "Liberals Greens Socialists",
        "union": "Union Guild Brotherhood Sodality Workers Dockers Miners Railwaymen Seamen",
        "media": "Times Herald Gazette Post News Radio Television TV Tribune Courier Telegraph "
        "Chronicle Daily Press Journal Guardian Mail Globe Standard Newspaper Magazine",
        "club": "FC United Rovers Wanderers Club",
        "charity": "Charity Hospice Relief Aid Mission Shelter",
        "company": "Inc Ltd Corp Corporation plc AG GmbH Group Company Bank Motors Holdings "
        "Airlines Airways Lines Ferries Mining Mines Terminals Textiles Systems Energy Industries "
        "Homes Foods Steel Oil Gas Labs Records Capital Partners Pharma Logistics Shipping "
        "Mills Works Air Copper Estates Brewery Markets Stores Hotels Cruises Rail Railways "
        "Pharmaceuticals Telecom Media Technologies Software Insurance Ventures Properties",
        "organisation": "Department Agency University League Trust Board Committee Association "
        "Federation Commission Foundation Institute Congress Senate Society Council Authority "
        "Network Alliance Campaign Academy College School Hospital Parliament Assembly Bureau "
        "Office Police Church Museum Zoo Theatre Orchestra Festival Library Prison Clinic "
        "Infirmary Fund Inspectorate Directorate Secretariat Service Chamber Forum Conference "
        "Collective Observatory Synod Diocese Chapter Exchange",
    }.items()
}
_FIRST = {"Radio": "media", "Bank": "company", "University": "organisation"}


def kind_of(name: str) -> str:
    """The kind of a party of this name, ``other`` where its words do not tell."""
    words = bare(name)
    head = re.split(r" (?:of|for) ", words)[0].split() or [""]
    last = head[-1].rstrip(".")
    for kind, heads in _HEADS.items():
        if last in heads:
            return kind
    if STATE_NAME.match(words):
        return "state"
    if TITLED.match(words):
        return "person"
    return _FIRST.get(head[0], "other")
