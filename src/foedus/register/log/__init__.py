"""The register as a transparency log: the tree of RFC 6962 and its proofs, signed notes, checkpoints, tiles (C2SP)."""
