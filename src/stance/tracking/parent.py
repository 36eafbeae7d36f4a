"""How a sweep tells its jobs of itself: variables of the environment."""

from __future__ import annotations

#: The sweep's run, under which those of its jobs stand, and which setting a job's run is of.
PARENT, SETTING = "STANCE_PARENT_RUN", "STANCE_SETTING"
