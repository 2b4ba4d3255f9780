"""Scripts, containers and the Spack recipe, as far as they can be looked at without the systems that they are for."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HPC = Path(__file__).parents[2] / "hpc"
PACKAGES = re.compile(r"--no-install-recommends((?:[ a-z0-9.+-]|\\\n)+)")


def tool(name):
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def clean(*command):
    run = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("script", sorted((HPC / "slurm").glob("*.sh")), ids=lambda path: path.name)
def test_templates(script):
    clean("bash", "-n", script)
    text = script.read_text()
    assert "#SBATCH --requeue" in text and "#SBATCH --open-mode=append" in text
    if script.name != "finish.sh":
        assert "#SBATCH --signal=B:USR1@120" in text and "trap 'kill -USR1 \"$chasm\"' USR1 TERM" in text


@pytest.mark.parametrize("name", ["one-node", "many-nodes", "gpus", "array"])
@pytest.mark.parametrize(
    "code, there, again",
    [(75, False, True), (75, True, True), (137, True, True), (2, False, False), (1, True, False), (0, True, False)],
)
def test_templates_queue_what_can_go_on(tmp_path, name, code, there, again):
    """`there`: a result of another study, which --force is to replace, or the result itself."""
    for program, does in {
        "chasm": f"exit {code}",
        "srun": f"exit {code}",
        "scontrol": 'echo "$*" >>queued',
    }.items():
        (tmp_path / program).write_text(f"#!/bin/bash\n{does}\n")
        (tmp_path / program).chmod(0o755)
    if there:
        (tmp_path / "results.h5").touch()
    env = {k: v for k, v in os.environ.items() if not k.startswith("SLURM_")}
    env |= {"PATH": f"{tmp_path}:{env['PATH']}", "SLURM_JOB_ID": "7", "SLURM_CPUS_PER_TASK": "1"}
    env |= {"SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "2"}
    run = subprocess.run(["bash", HPC / "slurm" / f"{name}.sh"], cwd=tmp_path, env=env, check=False)
    assert (tmp_path / "queued").exists() == again
    assert run.returncode == (0 if again else code)


def test_templates_with_shellcheck():
    clean(tool("shellcheck"), *sorted((HPC / "slurm").glob("*.sh")))


def test_the_dockerfile():
    clean(tool("hadolint"), HPC / "containers" / "Dockerfile")


def packages(path):
    return [sorted(set(found.replace("\\", " ").split())) for found in PACKAGES.findall(path.read_text())]


def test_both_containers_install_the_same():
    docker, apptainer = packages(HPC / "containers" / "Dockerfile"), packages(HPC / "containers" / "chasm.def")
    assert len(docker) == 2 and docker == apptainer


def test_containers_build_with_what_setup_installs():
    """Everything that a build needs by tools/packages.txt, or a package that brings it."""
    wanted = set()
    for line in (HPC.parent / "tools" / "packages.txt").read_text().splitlines():
        words = line.split()
        if words[:2] == ["build", "needed"]:
            wanted.add(words[2])
    unneeded = {"python3", "python3-venv"}  # the program alone is built
    assert wanted - unneeded <= set(packages(HPC / "containers" / "Dockerfile")[0])


def test_the_definition_has_its_parts():
    text = (HPC / "containers" / "chasm.def").read_text()
    assert text.count("Bootstrap: docker") == 2
    for part in ("%files", "%post", "%files from build", "%environment", "%runscript", "%test", "%help"):
        assert re.search(rf"^{re.escape(part)}$", text, re.M), part


def test_the_spack_recipe_is_python_and_names_what_cmake_looks_for():
    text = (HPC / "spack" / "package.py").read_text()
    ast.parse(text)
    cmake = "".join((HPC.parent / path).read_text() for path in ("hpc/CMakeLists.txt", "app/CMakeLists.txt"))
    for spack, found in {
        "hdf5": "HDF5",
        "openssl": "OpenSSL",
        "fmt": "fmt",
        "cli11": "CLI11",
        "eigen": "Eigen3",
    }.items():
        assert f'depends_on("{spack}' in text and f"find_package({found}" in cmake
