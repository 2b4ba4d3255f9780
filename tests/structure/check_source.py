"""The shape of the source: folder edges, what models may not contain, what results may not depend on.

Run: python3 tests/structure/check_source.py [ROOT]
"""

import re
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()

# folder: the folders that its files may include from. The longest matching folder counts.
EDGES = {
    "sim": ["sim"],
    "sim/design": ["sim", "sim/design"],
    "sim/input": ["sim", "sim/design", "sim/input"],
    "models": ["sim", "models"],
    "kernels": ["sim", "models", "kernels"],
    "hpc": ["sim", "hpc"],
    "app": ["sim", "sim/design", "sim/input", "models", "kernels", "hpc", "app"],
    "analysis/binding": ["sim", "sim/design", "sim/input", "models", "hpc", "analysis/binding"],
}
EVERYWHERE = sorted({*EDGES, "tests"})
# What sim (without design and input) and models may use beside our own: the standard library and OpenMP.
SYSTEM_HEADERS = re.compile(r"[a-z_]+|c[a-z]+|immintrin\.h|omp\.h|cuda_runtime\.h")
SYSTEM_ONLY = {"sim", "models"}
# Folders whose code ends in results.
RESULTS = {"sim", "sim/design", "sim/input", "models", "kernels", "hpc", "app", "analysis/binding"}
LINK_TARGETS = {
    "sim": "chasm_sim",
    "sim/design": "chasm_design",
    "sim/input": "chasm_input",
    "models": "chasm_models",
    "hpc": "chasm_hpc",
}

UNREPEATABLE = re.compile(
    r"\b(?:std|boost::random)::\w+_distribution\b|\bmt19937|\brandom_device\b|\bdefault_random_engine\b|\bstd::rand\b"
    r"|\bminstd_rand|\branlux|\bstd::(?:transform_)?reduce\b|\bstd::execution::"
)
LIBM = re.compile(
    r"(?:\bstd::|\b__builtin_|(?<!\w)::)(?:exp2?|expm1|log(?:2|10|1p)?|pow|a?(?:sin|cos|tan)h?|atan2|cbrt|hypot|erfc?|[lt]gamma)f?\("
)
CONDITIONAL = re.compile(r"^\s*#\s*(?:if|ifdef|ifndef|elif|else)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
IDLE_TEST = re.compile(r"\bSUCCEED\(\)|\bGTEST_SKIP\(\)\s*;|\bDISABLED_")
# Split, so that this file passes too.
REGISTRY = re.compile(
    "|".join(
        rf"\b{re.escape(host)}\b"
        for host in [
            "pypi" + ".org",
            "pythonhosted" + ".org",
            "deb.debian" + ".org",
            "archive.ubuntu" + ".com",
            "conda.anaconda" + ".org",
            "registry.npmjs" + ".org",
            "crates" + ".io",
            "cran.r-project" + ".org",
        ]
    )
)
TEXT = re.compile(r".*\.(?:cpp|hpp|cuh?|c|h|py|sh|md|txt|cmake|toml|json|cff|in)|run|pre-commit")
SKIPPED = {"build", ".git", "__pycache__"}


def without_comments(text):
    """The same lines, comments and the inside of string literals blanked."""

    def blank(match):
        token = match.group(0)
        if token.startswith("/"):
            return re.sub(r"[^\n]", " ", token)
        return token[0] + " " * (len(token) - 2) + token[-1]

    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


def folder_of(path, folders):
    """The longest of `folders` that holds `path`, or None."""
    holding = [f for f in folders if path == f or path.startswith(f + "/")]
    return max(holding, key=len, default=None)


def check_includes(relative, lines, problems):
    folder = folder_of(relative, EVERYWHERE)
    if folder is None or folder == "tests":
        return
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        own, system = match.groups()
        where = f"{relative}:{number}"
        if own:
            target = folder_of(own, EVERYWHERE)
            if target is None:
                problems.append(f'{where}: "{own}" is not from the project root (nothing else is found)')
            elif target not in EDGES[folder]:
                problems.append(f'{where}: {folder}/ may not include "{own}" (its edges: {", ".join(EDGES[folder])})')
            elif folder == "models" and target == "models" and not sees_model(relative, own):
                problems.append(f'{where}: a model may not include another model\'s "{own}"')
        elif folder in SYSTEM_ONLY and not SYSTEM_HEADERS.fullmatch(system):
            problems.append(
                f"{where}: {folder}/ may not include <{system}> (it builds with a compiler and OpenMP alone)"
            )


def sees_model(relative, own):
    """A file of models/<name>/ may include its own folder and the headers beside the folders."""
    of_file, of_target = Path(relative).parent, Path(own).parent
    return of_target == Path("models") or of_file == Path("models") or of_target.parts[:2] == of_file.parts[:2]


def check_code(relative, text, problems):
    folder = folder_of(relative, EVERYWHERE)
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        where = f"{relative}:{number}"
        if folder == "models" and CONDITIONAL.match(line):
            problems.append(f"{where}: no conditional compilation in models/ (one source for every backend)")
        if folder in RESULTS and (match := UNREPEATABLE.search(line)):
            problems.append(f"{where}: {match[0]} (results may not depend on the library) use sim/random.hpp")
        if folder in RESULTS and (match := LIBM.search(line)):
            problems.append(f"{where}: {match[0]} (libm's last bits differ between machines) use sim/math.hpp")
        if match := IDLE_TEST.search(line):
            problems.append(f"{where}: {match[0]} (a test that cannot fail)")


def check_links(relative, text, problems):
    folder = folder_of(relative, LINK_TARGETS)
    if folder is None or Path(relative).parent != Path(folder):
        return
    allowed = {LINK_TARGETS[f] for f in EDGES[folder] if f in LINK_TARGETS} | {"chasm_flags"}
    for call in re.findall(r"target_link_libraries\(([^)]*)\)", text):
        for target in re.findall(r"\bchasm_\w+", call):
            if target not in allowed and target in {*LINK_TARGETS.values(), "chasm"}:
                problems.append(f"{relative}: {folder}/ may not link {target}")


def files():
    for path in sorted(ROOT.rglob("*")):
        relative = path.relative_to(ROOT)
        if path.is_file() and not SKIPPED & set(relative.parts):
            yield relative.as_posix(), path


def main():
    problems, seen = [], 0
    for relative, path in files():
        if not TEXT.fullmatch(path.name):
            continue
        seen += 1
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix in {".cpp", ".hpp", ".cu", ".cuh"}:
            check_includes(relative, text.splitlines(), problems)
            check_code(relative, text, problems)
        if path.name == "CMakeLists.txt":
            check_links(relative, text, problems)
        for number, line in enumerate(text.splitlines(), 1):
            if match := REGISTRY.search(line):
                problems.append(f"{relative}:{number}: {match[0]} (hosts of registries belong to the machine)")
            if relative != "tests/structure/check_source.py" and (match := UNFINISHED.search(line)):
                problems.append(f"{relative}:{number}: {match[0]} (finish it, or file it elsewhere)")
    print(*problems, sep="\n")
    print(f"{seen} files, {len(problems)} problem(s)")
    return bool(problems) or seen == 0


if __name__ == "__main__":
    sys.exit(main())
