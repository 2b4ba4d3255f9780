"""check_ptx.py finds each kind of arithmetic that rounds otherwise.

Run: python3 tests/kernels/check_ptx_test.py
"""

import unittest

from check_ptx import problems_in

RIGHT = """
	add.rn.f32 	%f3, %f1, %f2;
	fma.rn.f32 	%f4, %f1, %f2, %f3;
	@%p1 div.rn.f64 	%fd1, %fd2, %fd3;
	cvt.rzi.s32.f32 	%r1, %f4;
	mul.lo.s32 	%r1, %r2, %r3;
	setp.lt.f32 	%p1, %f1, %f2;
"""
WRONG = {
    "add.f32": "	add.f32 	%f3, %f1, %f2;",
    "mul.ftz.f32": "	mul.ftz.f32 	%f3, %f1, %f2;",
    "sqrt.approx.f32": "	sqrt.approx.f32 	%f3, %f1;",
    "div.full.f32": "	@%p2 div.full.f32 	%f3, %f1, %f2;",
    "ex2.approx.ftz.f32": "	ex2.approx.ftz.f32 	%f3, %f1;",
    "fma.rz.f64": "	fma.rz.f64 	%fd3, %fd1, %fd2, %fd4;",
    "min.f32": "	min.f32 	%f3, %f1, %f2;",
}


class Planted(unittest.TestCase):
    def test_right(self):
        self.assertEqual(problems_in(RIGHT), [])

    def test_wrong(self):
        for what, line in WRONG.items():
            self.assertEqual(problems_in(RIGHT + line + "\n"), [f"{what} (1 times)"])


if __name__ == "__main__":
    unittest.main()
