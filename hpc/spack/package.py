"""A Spack recipe: copy to a repository of your own as packages/chasm/package.py, then `spack install chasm`."""

from spack.package import *


class Chasm(CMakePackage):
    """Agent-based simulation of how enterprises turn AI work into value."""

    license("Apache-2.0")
    # Give `git` or `url` of the clone or archive that you build from.
    version("0.1.0")

    variant("mpi", default=True, description="ranks of mpirun and srun")

    depends_on("cmake@3.25:", type="build")
    depends_on("ninja", type="build")
    depends_on("pkgconfig", type="build")
    depends_on("boost", type="build")
    depends_on("eigen")
    depends_on("tomlplusplus")
    depends_on("libcsv")
    depends_on("cli11")
    depends_on("nlohmann-json@3.9:")
    depends_on("xxhash")
    depends_on("openssl")
    depends_on("fmt@9:")
    depends_on("hdf5@1.10:+hl~mpi")
    depends_on("mpi", when="+mpi")

    conflicts("%gcc@:11")
    conflicts("%clang@:13")

    generator("ninja")

    def cmake_args(self):
        return [
            self.define("CHASM_TESTS", False),
            self.define("CHASM_CUDA", False),
            self.define("CHASM_PYTHON", False),
            self.define_from_variant("CHASM_MPI", "mpi"),
        ]
