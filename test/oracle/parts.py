"""Starts each part of a generator in a process of its own, with the environment it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Mapping

# The same everywhere: sets in messages print in one order, nothing asks for a GPU, logs stay short.
COMMON = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "",
          "JAX_PLATFORMS": "cpu"}


def run_parts(parts: Mapping[str, tuple[str, Mapping[str, str]]]) -> None:
    wanted = sys.argv[1:] or list(parts)
    unknown = [name for name in wanted if name not in parts]
    if unknown:
        sys.exit(f"no part {', '.join(unknown)}; there are {', '.join(parts)}")
    here = Path(__file__).parent
    for name in wanted:
        script, environment = parts[name]
        subprocess.run([sys.executable, script], cwd=here, env={**os.environ, **COMMON, **environment}, check=True)
