"""Regenerates golden/shapes-*.jsonl by running the real frameworks.

`npm run oracle` makes the environment and calls this; by hand: `python test/oracle/generate_shapes.py [PART…]`.
Each part runs in a process of its own, because frameworks read their environment once.
"""

from parts import run_parts

# oneDNN replaces TensorFlow's own messages, so it is off where those are recorded.
PARTS = {
    "pytorch": ("shapes_pytorch.py", {}),
    "keras": ("shapes_keras.py", {"KERAS_BACKEND": "jax"}),
    "keras-tensorflow": ("shapes_keras.py", {"KERAS_BACKEND": "tensorflow", "TF_ENABLE_ONEDNN_OPTS": "0"}),
    "keras2": ("shapes_keras.py", {"TF_USE_LEGACY_KERAS": "1", "TF_ENABLE_ONEDNN_OPTS": "0"}),
    "tensorflow": ("shapes_tensorflow.py", {"TF_ENABLE_ONEDNN_OPTS": "0"}),
    "tensorflow1": ("shapes_tensorflow1.py", {"TF_USE_LEGACY_KERAS": "1", "TF_ENABLE_ONEDNN_OPTS": "0"}),
}

if __name__ == "__main__":
    run_parts(PARTS)
