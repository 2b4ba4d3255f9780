"""The parts of the report, in their order: one file each."""
