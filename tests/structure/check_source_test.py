"""check_source.py finds each fault that is planted in an otherwise empty tree.

Run: python3 tests/structure/check_source_test.py
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECK = Path(__file__).with_name("check_source.py")

# file, text, part of the message ("" where the text is right)
CASES = [
    ("sim/a.hpp", '#include "sim/b.hpp"\n#include <vector>\n#include <cstdint>\n', ""),
    ("sim/a.hpp", '#include "hpc/b.hpp"\n', "sim/ may not include"),
    ("sim/a.hpp", '#include "sim/design/b.hpp"\n', "sim/ may not include"),
    ("sim/a.hpp", "#include <Eigen/Dense>\n", "may not include <Eigen/Dense>"),
    ("sim/design/a.cpp", "#include <Eigen/Dense>\n", ""),
    ("sim/design/a.cpp", '#include "sim/input/b.hpp"\n', "sim/design/ may not include"),
    ("models/m/a.hpp", '#include "models/models.hpp"\n#include "models/m/b.hpp"\n', ""),
    ("models/m/a.hpp", '#include "models/other/b.hpp"\n', "another model"),
    ("models/m/a.hpp", '#include "app/b.hpp"\n', "models/ may not include"),
    ("hpc/a.cpp", '#include "models/models.hpp"\n', "hpc/ may not include"),
    ("app/a.cpp", '#include "models/models.hpp"\n#include "hpc/b.hpp"\n', ""),
    ("app/a.cpp", '#include "b.hpp"\n', "not from the project root"),
    ("hpc/CMakeLists.txt", "target_link_libraries(chasm_hpc PUBLIC chasm_sim)\n", ""),
    ("hpc/CMakeLists.txt", "target_link_libraries(chasm_hpc\n  PUBLIC chasm_models)\n", "may not link chasm_models"),
    ("models/m/a.hpp", "#ifdef __CUDACC__\n#endif\n", "conditional compilation"),
    ("sim/a.hpp", "#ifdef __CUDACC__\n#endif\n", ""),
    ("hpc/a.cpp", "std::normal_distribution<double> d;\n", "std::normal_distribution"),
    ("app/a.cpp", "std::mt19937_64 g;\n", "mt19937"),
    ("app/a.cpp", "// unlike std::mt19937\n", ""),
    ("models/m/a.hpp", "x = std::exp(y);\n", "std::exp("),
    ("models/m/a.hpp", "x = chasm::exp(y) + std::exchange(a, b);\n", ""),
    ("tests/a_test.cpp", "TEST(A, DISABLED_b) {}\n", "cannot fail"),
    ("tests/a_test.cpp", "GTEST_SKIP();\n", "cannot fail"),
    ("tests/a_test.cpp", 'GTEST_SKIP() << "no AVX2 here";\n', ""),
    ("docs/a.md", "see pypi" + ".org\n", "hosts of registries"),
    ("sim/a.hpp", "// TO" + "DO\n", "finish it"),
]


class Planted(unittest.TestCase):
    def test_each(self):
        for path, text, message in CASES:
            with self.subTest(path=path, text=text), tempfile.TemporaryDirectory() as root:
                file = Path(root, path)
                file.parent.mkdir(parents=True)
                file.write_text(text)
                run = subprocess.run([sys.executable, CHECK, root], capture_output=True, text=True)
                self.assertEqual(run.returncode, 1 if message else 0, run.stdout + run.stderr)
                self.assertIn(message, run.stdout)

    def test_an_empty_tree_is_not_a_pass(self):
        with tempfile.TemporaryDirectory() as root:
            self.assertEqual(subprocess.run([sys.executable, CHECK, root], capture_output=True).returncode, 1)


if __name__ == "__main__":
    unittest.main()
