"""The parts of a paper as a Word file (Office Open XML, ISO/IEC 29500-1, WordprocessingML)."""
