"""check_objects.py finds each fault that is planted in a small object file.

Run: python3 tests/structure/check_objects_test.py [COMPILER]
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECK = Path(__file__).with_name("check_objects.py")
COMPILER = sys.argv.pop(1) if len(sys.argv) > 1 else os.environ.get("CXX", "c++")

AVX2 = ["-mavx2", "-DCHASM_ISA=avx2"]
PLAIN = "int plain(int x) { return x + 1; }\n"
ADD = "void add(float* a) { for (int i = 0; i < 64; ++i) a[i] += 1; }\n"

# flags, text, part of the message ("" where the object is right)
CASES = [
    (AVX2, "namespace chasm { inline namespace avx2 { " + ADD + "} }\n", ""),
    (AVX2, "namespace chasm { " + ADD + "}\n", "chasm::add"),
    (AVX2, "#include <vector>\nvoid chasm_avx2(std::vector<int>& v) { v.push_back(1); }\n", "std::vector<int"),
    (AVX2, "int f(); namespace chasm { inline namespace avx2 { int x = f(); } }\n", "before main"),
    ([], ADD, ""),
    ([], '__attribute__((target("avx2"))) ' + ADD, "AVX in plain code"),
    ([], '__attribute__((target("popcnt"))) int f(unsigned x) { return __builtin_popcount(x); }\n', "popcnt"),
]


class Planted(unittest.TestCase):
    def test_each(self):
        for flags, text, message in CASES:
            with self.subTest(flags=flags, text=text), tempfile.TemporaryDirectory() as folder:
                commands = []
                for name, these, source in [("plain", [], PLAIN), ("case", flags, text)]:
                    Path(folder, name + ".cpp").write_text(source)
                    command = [COMPILER, "-std=c++20", "-O3", *these, "-c", name + ".cpp", "-o", name + ".o"]
                    subprocess.run(command, cwd=folder, check=True)
                    commands.append({"directory": folder, "command": " ".join(command), "file": name + ".cpp"})
                Path(folder, "compile_commands.json").write_text(json.dumps(commands))
                run = subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True)
                self.assertEqual(run.returncode, 1 if message else 0, run.stdout + run.stderr)
                self.assertIn(message, run.stdout)


if __name__ == "__main__":
    unittest.main()
