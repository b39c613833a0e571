import pytest

from journal.prompting.places import SETTINGS, settings_named


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Renal ward", {"ward"}),
        ("ED", {"emergency"}),
        ("A&E", {"emergency"}),
        ("Emergency department", {"emergency"}),
        ("GP surgery", {"primary_care"}),
        ("antenatal clinic", {"maternity", "clinic"}),
        ("Community pharmacy", {"community", "pharmacy"}),
        ("ICU", {"intensive_care"}),
        ("Towards home", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_a_person_may_name_their_workplace_in_their_own_words(said, meant):
    assert settings_named(said) == meant


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_means_itself(setting):
    assert setting in settings_named(setting)
