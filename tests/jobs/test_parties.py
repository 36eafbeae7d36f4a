from pathlib import Path


def test_check_find_and_auto(workplace, run_job):
    Path("list.yaml").write_text("- {id: a, name: Orlev}\n- {id: b, name: Orlev}\n")
    status, said = run_job("parties", "check", "list.yaml")
    assert status == 2
    assert "also names b" in said

    Path("a.txt").write_text("Orlev praised Norway. Rain fell in Lima. Orlev said so.\n")
    status, said = run_job("parties", "find", "a.txt")
    assert status == 0
    assert "norway by name" in said
    assert "not peru, place" in said

    status, said = run_job("parties", "auto", "a.txt", "output=found.yaml")
    assert status == 0, said
    assert "Orlev" in Path("found.yaml").read_text()
    assert run_job("parties", "check", "found.yaml")[0] == 0

    status, said = run_job("parties", "eat", "a.txt")
    assert status == 2
