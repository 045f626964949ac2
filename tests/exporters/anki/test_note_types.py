from __future__ import annotations

import json
import re
from hashlib import sha256

from exporters.anki.note_types import CHANGED_AT, CLOZE_FIELDS, CLOZE_ID, ORDINARY_FIELDS, ORDINARY_ID, note_types_json

LOOKS = {
    1_795_392_000: "76a7a4fcaaa9549f",
}
"""What the note types were at each time stamp. A change adds a line with a later stamp and raises CHANGED_AT."""


def test_fields_and_templates_are_frozen() -> None:
    """Anki takes a note type of other names for another one, and no longer updates the notes of the old one."""
    assert (
        *("Id", "Prompt", "Answer", "List", "Extra", "Source", "Kind", "Language"),
        *("Step1", "Step2", "Step3", "Step4", "Step5", "Step6", "Step7", "Step8", "Step9", "Step10"),
        *("Step11", "Step12", "Step13", "Step14", "Step15", "Step16", "Step17", "Step18", "Step19", "Step20"),
        *("Spare1", "Spare2", "Spare3", "Spare4"),
    ) == ORDINARY_FIELDS
    assert (
        *("Id", "Prompt", "Text", "Extra", "Source", "Language"),
        *("Spare1", "Spare2", "Spare3", "Spare4"),
    ) == CLOZE_FIELDS
    assert (ORDINARY_ID, CLOZE_ID) == (1_846_203_917, 1_846_203_918)
    ordinary, cloze = note_types_json().values()
    assert [template["name"] for template in ordinary["tmpls"]] == ["Whole", *(f"Step {n}" for n in range(1, 21))]
    assert [template["name"] for template in cloze["tmpls"]] == ["Cloze"]


def test_looks_never_change_without_a_later_time_stamp() -> None:
    """A phone takes new looks over only if they are stamped later than those it has."""
    found = json.dumps(note_types_json(), sort_keys=True).replace(str(CHANGED_AT), "")
    assert max(LOOKS) == CHANGED_AT
    assert sha256(found.encode()).hexdigest()[:16] == LOOKS[CHANGED_AT]


def test_colours_are_named_once_for_light_and_once_for_night() -> None:
    """Every colour is a variable, and each variable has a value in both modes."""
    style = note_types_json()[str(ORDINARY_ID)]["css"]
    light, night = re.findall(r"(?:--\w+: #[0-9a-f]{6};\s*)+", style)
    assert re.findall(r"--\w+", light) == re.findall(r"--\w+", night)
    assert not re.search(r"#[0-9a-f]{3,8}\b|\brgb|\bhsl", style.replace(light, "").replace(night, ""))


def test_texts_can_be_read_on_their_grounds() -> None:
    """Contrast is at least 4.5 to 1 in both modes, as WCAG asks of text."""
    style = note_types_json()[str(ORDINARY_ID)]["css"]
    for block in re.findall(r"(?:--\w+: #[0-9a-f]{6};\s*)+", style):
        colour = dict(re.findall(r"--(\w+): #([0-9a-f]{6})", block))
        for text, ground in (
            *(("ink", "paper"), ("ink", "panel"), ("ink", "mark")),
            *(("quiet", "paper"), ("accent", "paper"), ("accent", "panel")),
        ):
            assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG 2 defines it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
