"""How a Label Studio project shows the tasks, and the names that config and tasks share."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

#: What a target is called until somebody has labelled it, and what names a holder.
OPEN, HOLDER = "to label", "holder"
STANCE, KIND, COMMENT, TEXT, HELD_BY = "stance", "holder_kind", "comment", "text", "held by"
_COLOURS = {
    "support": "#2c6fbb",
    "opposition": "#c0392b",
    "neutral": "#7f8c8d",
    "mixed": "#8e44ad",
    "unclear": "#d68910",
    "wrong_link": "#000000",
    OPEN: "#f1c40f",
    HOLDER: "#16a085",
}


def labeling_config() -> str:
    """The XML that a Label Studio project needs to show the tasks."""
    labels = "".join(
        f"    <Label value={quoteattr(name)} background={quoteattr(colour)}/>\n"
        for name, colour in _COLOURS.items()
    )
    kinds = "".join(f'    <Choice value="{kind}"/>\n' for kind in ("author", "unnamed", "self"))
    return f"""<View>
  <Header value="Codebook $codebook. Label what this sentence says of each marked target:"/>
  <Header value="$sentence" size="5"/>
  <Labels name="{STANCE}" toName="{TEXT}" choice="single">
{labels}  </Labels>
  <Text name="{TEXT}" value="$text" granularity="word"/>
  <Relations>
    <Relation value="{HELD_BY}"/>
  </Relations>
  <Choices name="{KIND}" toName="{TEXT}" perRegion="true" visibleWhen="region-selected">
{kinds}  </Choices>
  <TextArea name="{COMMENT}" toName="{TEXT}" perRegion="true" visibleWhen="region-selected"/>
</View>
"""
