"""The few settings a prompt may name, and the words people use for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

SETTINGS: Mapping[str, tuple[str, ...]] = {
    "ward": ("ward", "wards", "inpatient", "inpatients", "assessment unit"),
    "clinic": ("clinic", "clinics", "outpatient", "outpatients"),
    "emergency": ("emergency", "ed", "a e", "er", "casualty", "resus"),
    "theatre": ("theatre", "theatres", "theater", "operating room", "operating theatre"),
    "community": ("community", "district", "outreach", "home visit", "home visits", "hospital at home"),
    "primary_care": ("primary care", "gp", "general practice", "family medicine", "health centre", "health center"),
    "ambulance": ("ambulance", "ambulances", "paramedic", "prehospital", "pre hospital", "ems"),
    "pharmacy": ("pharmacy", "dispensary", "pharmacist"),
    "maternity": ("maternity", "labour", "labor", "midwifery", "obstetric", "obstetrics", "antenatal", "postnatal"),
    "mental_health": ("mental health", "psychiatry", "psychiatric"),
    "intensive_care": ("intensive care", "critical care", "high dependency", "icu", "itu", "hdu"),
}
"""Each setting with whole words that mean it: lower case, anything but letters and digits read as a space."""


def settings_named(text: str | None) -> frozenset[str]:
    """The settings that a person's own words for their workplace mean: "antenatal clinic" means two; may be none."""
    words = " ".join(re.findall(r"[^\W_]+", (text or "").lower()))
    return frozenset(name for name, said in SETTINGS.items() if any(f" {word} " in f" {words} " for word in said))
