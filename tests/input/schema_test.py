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
BEYOND_A_SCHEMA = set(
    """
    arm_lever_twice arm_name_of_package arm_twice_alike arms_unknown baseline_unknown correlated_certain
    correlated_impossible correlated_sensitivity correlated_twice correlated_unknown
    design_levels_without_morris design_method_without_uncertain design_morris_path design_saltelli_futures
    design_saltelli_many design_table_both design_table_column design_table_given design_table_path
    design_table_range design_table_rows design_table_set design_worlds design_worlds_overflow grid_arm_unknown
    grid_fraction_of_a_week grid_from_equals_to grid_huge grid_intervention_lever grid_intervention_not_in_arm
    grid_intervention_part grid_intervention_unknown grid_repeated grid_until include_cycle include_folder
    include_itself include_missing include_syntax include_value intervention_start intervention_until
    outputs_every package_same_lever package_shift package_shift_late package_twice package_unknown
    parameter_nan parameter_twice parameter_unit parameter_unit_on_pure parameter_unit_percent
    study_horizon_long study_seed_large study_start_old study_start_text study_start_time table_digest
    table_folder table_missing_column table_missing_file table_not_a_number table_ragged uncertain_and_given
    uncertain_and_grid uncertain_and_set uncertain_discrete_weights uncertain_lognormal_both
    uncertain_lognormal_order uncertain_nan uncertain_normal_negative uncertain_on_alone uncertain_quantiles_key
    uncertain_quantiles_order uncertain_triangular_mode uncertain_two_kinds uncertain_uniform_outside
    uncertain_uniform_reversed uncertain_uniform_unit
    """.split()
)


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
