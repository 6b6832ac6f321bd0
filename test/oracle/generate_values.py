"""Regenerates golden/values-*.jsonl by running the real frameworks; see generate_shapes.py."""

from parts import run_parts

PARTS = {
    "pytorch": ("values_pytorch.py", {}),
    "keras": ("values_keras.py", {"KERAS_BACKEND": "jax"}),
    "tensorflow": ("values_tensorflow.py", {"KERAS_BACKEND": "tensorflow", "TF_ENABLE_ONEDNN_OPTS": "0"}),
}

if __name__ == "__main__":
    run_parts(PARTS)
