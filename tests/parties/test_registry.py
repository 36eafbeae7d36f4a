import pytest

from stance.parties.registry import load_registry
from stance.schema.nouns import InputError


def test_the_world_holds_every_member_state_with_demonym_and_seat():
    world = load_registry("world")
    states = [party for party in world if party.kind == "state"]
    assert len(states) == 197  # 193 members, Palestine, the Vatican, Taiwan, Kosovo
    assert sum(bool(state.demonyms) for state in states) >= 190
    assert sum(bool(state.metonyms) for state in states) >= 175
    assert sum(party.kind == "organisation" for party in world) >= 60
    assert world["russia-foreign-ministry"].part_of == "russia"
    assert world.owners()["unhcr"] == "united-nations"


def test_lists_add_up_and_a_later_entry_replaces(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("- {id: russia, name: Rus}\n- {id: no, name: Nay, part_of: russia}\n")
    registry = load_registry(["world", str(path), "Ellerby Council"])
    assert registry["russia"].name == "Rus"
    assert registry["no"].name == "Nay"
    assert registry["Ellerby Council"].name == "Ellerby Council"


def test_a_plain_text_file_is_a_list(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("Hill Front | HF\n\n# a comment\nTashar  # a state\n")
    registry = load_registry(str(path))
    assert [(p.name, p.aliases) for p in registry] == [("Hill Front", ("HF",)), ("Tashar", ())]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: a, name: A}\n- {id: b, names: B}\n", "2: unknown key 'names'"),
        ("- {id: a, name: A}\n- {name: B}\n", "2: a party needs an `id`"),
        ("- {id: a, name: A}\n\n- {id: a, name: B}\n", "3: id 'a' stands twice"),
        ("- {id: a, name: A, aliases: Ay}\n", "1: aliases of 'a' must be a list"),
        ("- {id: a, name: A, kind: planet}\n", "1: kind 'planet'"),
        ("- {id: a, name: A\n- b\n", "3: "),
        ("parties: 3\n", "1: not a list of parties"),
        ("- Russia\n", "1: 'Russia' is no party"),
    ],
)
def test_a_broken_registry_is_one_line_with_file_and_line(tmp_path, text, message):
    path = tmp_path / "list.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        load_registry(str(path))
    assert str(caught.value).startswith(f"{path}:{message}")
    assert "\n" not in str(caught.value)


def test_other_faults(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        load_registry("nowhere.yaml")
    with pytest.raises(InputError, match="empty"):
        load_registry([])
    with pytest.raises(InputError, match="auto"):
        load_registry("auto")
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Müller".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        load_registry(str(latin))
