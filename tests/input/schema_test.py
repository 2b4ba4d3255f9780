"""The JSON Schemas are schemas; they accept every study that chasm accepts, and refuse what a schema can refuse.

Run: python3 tests/input/schema_test.py PROGRAM, where PROGRAM prints the schemas (tests/input/schemas.cpp)
"""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

HERE = Path(__file__).parent
STUDIES = HERE.parents[1] / "scenarios" / "studies"

# Bad studies that only chasm itself can refuse: names that users gave, units, sums, files, what contradicts what.
BEYOND_A_SCHEMA = set((HERE / "beyond_a_schema.txt").read_text().split())


def read(path):
    """The study, or None where it is not TOML, or its fault lies in a setting of the command line."""
    text = path.read_bytes()
    if text.startswith(b"#! "):
        return None
    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return None


def model_of(study, default):
    name = study.get("study", {}).get("model", default) if isinstance(study.get("study"), dict) else default
    return name.split("-")[0] if isinstance(name, str) else default


def main(program):
    printed = json.loads(subprocess.run([program], check=True, capture_output=True, text=True).stdout)
    starters = printed.pop("starters")
    validators = {}
    for name, schema in printed.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[name] = jsonschema.Draft202012Validator(schema)

    good = [(path, tomllib.loads(path.read_text())) for path in sorted((HERE / "good").glob("*.toml"))]
    good += [(path, tomllib.loads(path.read_text())) for path in sorted((HERE / "good").glob("*.text"))]
    good += [(path, tomllib.loads(path.read_text())) for path in sorted(STUDIES.glob("*.toml"))]
    good += [(f"starter of {name}", tomllib.loads(text)) for name, text in starters.items()]
    assert len(good) > 30
    for path, study in good:
        for name in {model_of(study, "toy"), "all" if STUDIES in getattr(path, "parents", []) else "toy"}:
            if name == "toy" and model_of(study, "toy") != "toy":
                continue
            for error in validators[name].iter_errors(study):
                raise AssertionError(f"{path}: refused by the schema of {name}: {error.json_path}: {error.message}")

    accepted = set()
    refused = 0
    for path in sorted((HERE / "bad").glob("*.toml")):
        study = read(path)
        if study is None:
            continue
        validator = validators.get(model_of(study, "toy"), validators["toy"])
        if validator.is_valid(study):
            accepted.add(path.stem)
        else:
            refused += 1
    assert accepted == BEYOND_A_SCHEMA, (
        f"accepted, not in the list: {sorted(accepted - BEYOND_A_SCHEMA)}; "
        f"in the list, but refused: {sorted(BEYOND_A_SCHEMA - accepted)}"
    )
    print(f"{len(good)} good studies accepted, {refused} bad ones refused, {len(accepted)} are chasm's to refuse")


if __name__ == "__main__":
    main(*sys.argv[1:])
