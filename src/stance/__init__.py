"""Who is for or against whom, in every sentence of a news article.

>>> import stance
>>> frame = stance.load("rules").score("Tarn praised Orlev.", parties=["Tarn", "Orlev"])
>>> frame[["target", "predicted", "holder"]].values.tolist()
[['Tarn', 'neutral', None], ['Orlev', 'support', 'Tarn']]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stance.scoring.api import Analyst

__all__ = ["load"]


def load(model_uri: str = "champion", *, tracking_uri: str | None = None) -> Analyst:
    """The model behind a URI, ready to score texts: ``rules``, a folder, ``champion``, MLflow's."""
    # Imported late, so that `stance --help` need not load pandas.
    from stance.scoring.api import Analyst
    from stance.tracking.opening import open_model

    return Analyst(open_model(model_uri, tracking_uri=tracking_uri))
