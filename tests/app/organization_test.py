"""An organization of one's own: what its tables may say, what is refused, and that no name in them reaches a result."""

import shutil
from pathlib import Path

import h5py
import pytest

SCENARIOS = Path(__file__).parents[2] / "scenarios"
EXAMPLE = SCENARIOS / "organizations" / "example-company"
TABLES = ["units", "teams", "translators", "data", "portfolio"]

STUDY = (
    'schema = "chasm-study-1"\n[study]\ntitle = "Own"\nmodel = "enterprise"\nhorizon = 30\n[tables]\n'
    + "".join(f'organization.{name} = "{name}.csv"\n' for name in TABLES)
    + "[parameters]\ntranslators.in_place = 3\n[design]\nreplications = 4\n"
)
PEOPLE = "person,unit,team,technical_literacy,business_literacy\n"


@pytest.fixture
def company(folder):
    for name in TABLES:
        shutil.copy(EXAMPLE / f"{name}.csv", folder.path)
    folder.write("study.toml", STUDY)
    return folder


def everybody():
    """A person a head of the example's units and teams."""
    rows = []
    for name, unit, team in [("units", "{0}", ""), ("teams", "", "{0}")]:
        for line in (EXAMPLE / f"{name}.csv").read_text().splitlines()[1:]:
            cells = line.split(",")
            people = int(cells[1 if name == "units" else 2])
            group = (unit.format(cells[0]), team.format(cells[0]))
            rows += [f"Personage {len(rows) + k},{group[0]},{group[1]},," for k in range(people)]
    return PEOPLE + "\n".join(rows) + "\n"


def names_in_tables(folder):
    """Every text of the tables that is a name, not a word of the model."""
    names = set()
    for name in [*TABLES, "people"]:
        path = folder.path / f"{name}.csv"
        if not path.exists():
            continue
        header, *rows = [line.split(",") for line in path.read_text().splitlines()]
        for column, title in enumerate(header):
            if title in {"unit", "unit2", "team", "asset", "owner", "translator", "initiative", "person"}:
                names |= {row[column] for row in rows if row[column]}
    assert len(names) > 40
    return names


def texts_of(path):
    """Everything in a result that is text, whatever its storage."""
    found = []

    def take(value):
        for one in value if isinstance(value, (list, tuple)) else getattr(value, "flat", [value]):
            if isinstance(one, bytes):
                found.append(one.decode(errors="replace"))
            elif isinstance(one, str):
                found.append(one)
            elif getattr(getattr(one, "dtype", None), "names", None):
                for field in one.dtype.names:
                    take(one[field])

    def visit(name, item):
        found.append(name)
        for key, value in item.attrs.items():
            found.append(key)
            take(value)
        if isinstance(item, h5py.Dataset) and (item.dtype.kind in "SOV"):
            take(item[()])

    with h5py.File(path) as file:
        visit("/", file)
        file.visititems(visit)
    return "\n".join(found)


def test_no_name_reaches_a_result(company):
    company.write("people.csv", everybody())
    company.write("study.toml", STUDY.replace("[parameters]", 'organization.people = "people.csv"\n[parameters]'))
    company.chasm("run", "study.toml", "-o", "f.h5", "-q")
    names = names_in_tables(company)
    stored = {str(path): path.read_bytes() for path in company.path.iterdir() if path.suffix not in {".csv", ".toml"}}
    assert any(path.endswith("f.h5") for path in stored)
    texts = texts_of(company.path / "f.h5")
    # What is kept of a table is its path and digest: they are found where names are looked for.
    assert "portfolio.csv" in texts and b"portfolio.csv" in stored[str(company.path / "f.h5")]
    for name in names:
        assert name not in texts
        for path, content in stored.items():
            assert name.encode() not in content, (name, path)
    for command in [["info", "f.h5"], ["info", "f.h5", "--json"], ["verify", "f.h5"]]:
        out = company.chasm(*command).out
        assert not [name for name in names if name in out]


def test_head_counts_and_lists_of_people_are_the_same(company):
    company.chasm("run", "study.toml", "-o", "heads.h5", "-q")
    company.write("people.csv", everybody())
    company.write("study.toml", STUDY.replace("[parameters]", 'organization.people = "people.csv"\n[parameters]'))
    company.chasm("run", "study.toml", "-o", "people.h5", "-q")
    with h5py.File(company.path / "heads.h5") as heads, h5py.File(company.path / "people.h5") as people:
        for name in ["realised_value", "spending", "believed_value"]:
            assert (heads[name][()] == people[name][()]).all()


def test_totals_have_a_cell_a_unit_of_the_table(company):
    company.chasm("run", "study.toml", "-o", "f.h5", "-q")
    with h5py.File(company.path / "f.h5") as file:
        [unit_axis] = [n for n in file["total_value_by_unit"].shape if n == 5]
        assert unit_axis == 5


# Where STUDY names each table.
PLACES = {"units": "7:22", "teams": "8:22", "translators": "9:28", "data": "10:21", "portfolio": "11:26"}


def of_table(name, message):
    return f"study.toml:{PLACES[name]}: tables.organization.{name}: {name}.csv: {message}"


# table, what is replaced, by what; the message, of the file or of a row of it
REFUSED = {
    "no units": (
        "units",
        None,
        "unit,people\n",
        "units.csv:1: has no rows below its header (data are needed) add some",
    ),
    "no teams": (
        "teams",
        None,
        "team,unit,people\n",
        "teams.csv:1: has no rows below its header (data are needed) add some",
    ),
    "no data assets": (
        "data",
        None,
        "asset,owner\n",
        "data.csv:1: has no rows below its header (data are needed) add some",
    ),
    "a column is missing": (
        "portfolio",
        ",spent,",
        ",costs,",
        "portfolio.csv:1: spent: is missing (the file has initiative, unit, kind, class, stage, costs, ",
    ),
    "a number is none": (
        "units",
        "Quayside Stores,40",
        "Quayside Stores,forty",
        'units.csv:2: people: "forty" is not a number (numbers look like 0.25 or 1e-3) correct it',
    ),
    "two units of one name": (
        "units",
        "Harbourline Wholesale",
        "Quayside Stores",
        'row 3, column "unit": "Quayside Stores" is there already '
        "(row 2; other rows are found by this name) give each its own",
    ),
    "two initiatives of one name": (
        "portfolio",
        "Rosterwise",
        "Shelfsense",
        'row 3, column "initiative": "Shelfsense" is there '
        "already (row 2; other rows are found by this name) give each its own",
    ),
    "nobody in a unit": (
        "units",
        "Stores,40",
        "Stores,0",
        'row 2, column "people": 0 is out of range (1 to 65535) correct it',
    ),
    "part of a person": (
        "teams",
        "Online,8",
        "Online,7.5",
        'row 2, column "people": 7.5 is no whole number (it counts) round it',
    ),
    "no head-count": (
        "units",
        "Stores,40",
        "Stores,",
        'row 2, column "people": is empty (without organization.people every unit needs a head-count) fill it in',
    ),
    "legacy above 1": (
        "units",
        "Stores,40,0.8",
        "Stores,40,8",
        'row 2, column "legacy": 8 is out of range (0 to 1) correct it',
    ),
    "a team of no unit": (
        "teams",
        "Albatross,Lanternmark Online",
        "Albatross,Lanternmark Onlin",
        'row 2, column "unit": "Lanternmark Onlin" is not in '
        'organization.units (did you mean "Lanternmark Online"?) correct one of the two',
    ),
    "an initiative of no unit": (
        "portfolio",
        "Shelfsense,Quayside Stores",
        "Shelfsense,Head Office",
        'row 2, column "unit": "Head Office" is not in '
        "organization.units (known: Harbourline Wholesale, Lanternmark Online, Ledgerbrook Finance, Quayside Stores, "
        "Tidewater Logistics) correct one of the two",
    ),
    "an initiative of no team": (
        "portfolio",
        "40,Cormorant",
        "40,Cormoran",
        'row 2, column "team": "Cormoran" is not in '
        'organization.teams (did you mean "Cormorant"?) correct one of the two',
    ),
    "an unknown kind": (
        "portfolio",
        "Stores,predictive",
        "Stores,magic",
        'row 2, column "kind": "magic" is no kind (known: predictive, generative, reporting, bought) use one of those',
    ),
    "an unknown class": (
        "portfolio",
        "predictive,operations,in_use",
        "predictive,operation,in_use",
        'row 2, column "class": "operation" is no class (did you mean "operations"?) use one of those',
    ),
    "an unknown stage": (
        "portfolio",
        "operations,in_use,1250000",
        "operations,live,1250000",
        'row 2, column "stage": "live" is no stage (known: '
        "framing, data, build, pilot, deployment, in_use) use one of those",
    ),
    "live before it is in use": (
        "portfolio",
        "Askdesk,Lanternmark Online,generative,customer_experience,build,140000,2200000,4,,",
        "Askdesk,Lanternmark Online,generative,customer_experience,build,140000,2200000,4,,12",
        'row 7, column "live_weeks": 12 for something in stage '
        '"build" (only what is in use is live) correct the stage, or leave this empty',
    ),
    "in a stage before it was begun": (
        "portfolio",
        "pilot,780000,2600000,9,58",
        "pilot,780000,2600000,9,5",
        'row 4, column "weeks_since_start": 5 is less than the '
        "9 weeks of the present stage (stages come one after another) correct one of the two",
    ),
    "users before it is in use": (
        "portfolio",
        "Gannet,45,",
        "Gannet,45,9",
        'row 4, column "active_users": 9 for something in stage '
        '"pilot" (only what is in use has users) correct the stage, or leave this empty',
    ),
    "more active users than users": (
        "portfolio",
        "Cormorant,310,120",
        "Cormorant,100,120",
        'row 2, column "active_users": 120 are more than its '
        "users, 100 (users are all whom it is for) correct one of the two",
    ),
    "spent less than nothing": (
        "portfolio",
        "in_use,1250000",
        "in_use,-1",
        'row 2, column "spent": -1 is out of range (0 to 1000000000) correct it',
    ),
    "a promise of nothing": (
        "portfolio",
        "1250000,3200000",
        "1250000,0",
        'row 2, column "promised_yearly_value": 0 is out of range (1 to 1000000000) correct it',
    ),
    "a translator of one unit, twice": (
        "translators",
        "Quayside Stores,Harbourline Wholesale",
        "Quayside Stores,Quayside Stores",
        'row 2, column "unit2": "Quayside Stores" is unit '
        "too (a translator attends to one or two units) name another, or leave it empty",
    ),
    "an owner who is no unit": (
        "data",
        "till receipts,Quayside Stores",
        "till receipts,Albatross",
        'row 2, column "owner": "Albatross" is not in organization.units '
        "(known: Harbourline Wholesale, Lanternmark Online, Ledgerbrook Finance, Quayside Stores, "
        "Tidewater Logistics) correct one of the two",
    ),
    "half private": (
        "data",
        "0.82,0",
        "0.82,0.5",
        'row 2, column "private": 0.5 is neither 0 nor 1 (an asset is '
        "under privacy rules or is not) write one of these",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_table_is_refused(company, name):
    table, old, new, message = REFUSED[name]
    path = company.path / f"{table}.csv"
    text = path.read_text()
    assert old is None or text.count(old) >= 1
    path.write_text(new if old is None else text.replace(old, new, 1))
    for command in [["check", "study.toml"], ["run", "study.toml", "-o", "f.h5"]]:
        refusal = company.refused(*command)
        assert refusal.startswith("chasm: " + (of_table(table, message) if message.startswith("row") else message)), (
            refusal
        )
        assert refusal.count("\n") == 1


KINDS = ["predictive", "generative", "reporting", "bought"]

# A study instead of a table.
STUDIES = {
    "sizes that contradict": (
        "[parameters]",
        "[setting]\nunits = 6\n[parameters]",
        "study.toml:13:9: setting.units: 6 is not what the tables hold (5 units) leave it out, or correct the tables",
    ),
    "no teams": ("[parameters]", "[setting]\nteams = 0\n[parameters]", "study.toml:13:9: setting.teams: 0"),
    "negative budget": (
        "[design]",
        "budget.yearly = -1\n[design]",
        "study.toml:14:17: parameters.budget.yearly: -1 is out of range",
    ),
    "other translators": (
        "translators.in_place = 3",
        "translators.in_place = 2",
        "study.toml:9:28: tables.organization.translators: 3 rows are not translators.in_place, 2 (the "
        "table says whom they attend to, the parameter how many there are) set translators.in_place = 3",
    ),
    "more translators than posts": (
        "[parameters]",
        "[setting]\ntranslator_posts = 2\n[parameters]",
        "study.toml:9:28: tables.organization.translators: 3 translators are more than there are posts "
        "(translator_posts is 2) set translator_posts to more",
    ),
    "more translators than people": (
        "[parameters]",
        "[setting]\ntranslator_posts = 300\n[parameters]",
        "study.toml:13:20: setting.translator_posts: 300 are more than there are people (206) use fewer posts",
    ),
    "no units": (
        'organization.units = "units.csv"\n',
        "",
        "study.toml:7:22: tables.organization.teams: teams.csv: names rows of organization.units (there "
        "is no such table) give it too",
    ),
    "teams that no table has": (
        'organization.teams = "teams.csv"\n',
        "",
        'study.toml:10:26: tables.organization.portfolio: portfolio.csv: row 2, column "team": '
        '"Cormorant" is a row of organization.teams (there is no such table) give it too, or leave this '
        "empty",
    ),
    "more initiatives than places": (
        "[parameters]",
        "[setting]\nplaces = 11\n[parameters]",
        "study.toml:11:26: tables.organization.portfolio: 12 initiatives are more than `places` has "
        "room for (11) set places to more, with room for those to come",
    ),
    "no kind has a share": (
        "[design]",
        "".join(f"kind.{kind}.share = 0\n" for kind in KINDS) + "[design]",
        "study.toml:14:25: parameters.kind.predictive.share: 0, as is that of every other kind (new "
        "opportunities are of some kind, in these proportions) give at least one kind a share",
    ),
    "a range whose ends are exchanged": (
        "[design]",
        "legacy.low = 0.8\nlegacy.high = 0.2\n[design]",
        "study.toml:14:14: parameters.legacy.low: 0.8 is above legacy.high, 0.2 (they are the ends of a "
        "range) exchange them",
    ),
    "a lever above 1": (
        "[design]",
        "[arms.a]\nlevers = { council = 1.5 }\n[design]",
        "study.toml:15:22: arms.a.levers.council: 1.5",
    ),
}


@pytest.mark.parametrize("name", STUDIES)
def test_study_is_refused(company, name):
    old, new, message = STUDIES[name]
    assert STUDY.count(old) == 1
    company.write("study.toml", STUDY.replace(old, new))
    for command in [["check", "study.toml"], ["run", "study.toml", "-o", "f.h5"]]:
        refusal = company.refused(*command)
        assert refusal.startswith("chasm: " + message), refusal
        assert refusal.count("\n") == 1


PERSONS = {
    "nowhere": (
        "Somebody,,,,\n",
        'row 2, column "unit": is empty, as is team (a person belongs to one of the two) fill one in',
    ),
    "in another unit than the team": (
        "Somebody,Quayside Stores,Albatross,,\n",
        'row 2, column "unit": "Quayside Stores" is not the unit of team "Albatross" '
        "(organization.teams has another) correct one of the two",
    ),
    "twice": (
        "Somebody,Quayside Stores,,,\nSomebody,Quayside Stores,,,\n",
        'row 3, column "person": "Somebody" is there already (row 2; other rows are found by this name) '
        "give each its own",
    ),
    "in a table that leaves a team empty": (
        "Somebody,Quayside Stores,,,\n",
        'teams.csv: row 2, column "team": has nobody in organization.people (a group has at least one '
        "person) list its people, or remove the row",
    ),
}


@pytest.mark.parametrize("name", PERSONS)
def test_person_is_refused(company, name):
    rows, message = PERSONS[name]
    company.write("people.csv", PEOPLE + rows)
    company.write("study.toml", STUDY.replace("[parameters]", 'organization.people = "people.csv"\n[parameters]'))
    refusal = company.refused("run", "study.toml", "-o", "f.h5")
    assert refusal.endswith(("" if message.startswith("teams") else "people.csv: ") + message + "\n"), refusal


def test_heads_that_disagree_are_refused(company):
    company.write("people.csv", everybody().replace("Personage 0,Quayside Stores,,,\n", ""))
    company.write("study.toml", STUDY.replace("[parameters]", 'organization.people = "people.csv"\n[parameters]'))
    assert company.refused("run", "study.toml", "-o", "f.h5") == (
        'chasm: study.toml:7:22: tables.organization.units: units.csv: row 2, column "people": 40 are '
        "not as many as 39 in organization.people (both say how many there are) correct one, or leave "
        "this empty\n"
    )


def test_arm_without_kinds_fails_its_worlds(company):
    shares = ", ".join(f"kind.{kind}.share = 0" for kind in KINDS)
    company.write("study.toml", STUDY.replace("[design]", f"[arms.none]\nset = {{ {shares} }}\n[design]"))
    run = company.chasm("run", "study.toml", "-o", "f.h5", code=1)
    assert "every kind.*.share is 0" in run.err + company.chasm("info", "f.h5").out
