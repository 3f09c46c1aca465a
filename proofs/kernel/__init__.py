"""Engine `coq`: statements, evidence and instances handed to the kernel of a proof assistant."""
