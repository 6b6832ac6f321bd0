"""The calls that count as transposed convolutions, by qualified name, and how their arguments bind.

Written apart from src/frameworks on purpose: the two lists check each other.
"""

from __future__ import annotations

import itertools
import re
from typing import Any, Mapping, Sequence

_TORCH_LAYER = "in_channels out_channels kernel_size stride padding output_padding groups bias dilation padding_mode device dtype".split()
_TORCH_FUNCTION = "input weight bias stride padding output_padding groups dilation".split()
_KERAS = ("filters kernel_size strides padding output_padding data_format dilation_rate activation use_bias kernel_initializer bias_initializer "
          "kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint").split()
_KERAS_3D = [*_KERAS[:4], "data_format", "output_padding", *_KERAS[6:]]
_TF_LAYER = "inputs filters kernel_size strides padding data_format activation use_bias".split()
_SLIM = "inputs num_outputs kernel_size stride padding data_format activation_fn".split()
_TF_FUNCTION = "input filters output_shape strides padding data_format dilations name".split()
_TF_FUNCTION_1 = "value filter output_shape strides padding data_format name input filters dilations".split()

_KERAS_ROOT = r"(keras|keras\.api|keras\.src|tensorflow\.keras|tensorflow\.python\.keras|tf_keras|tensorflow\.contrib\.keras|tensorflow\.compat\.v[12]\.keras)"

_PATTERNS: list[tuple[str, Sequence[str]]] = [
    (r"torch\.nn\.(modules\.(conv\.)?)?ConvTranspose[123]d", _TORCH_LAYER),
    (r"torch\.(ao\.)?nn\.quantized\.(dynamic\.)?(modules\.(conv\.)?)?ConvTranspose[123]d", _TORCH_LAYER),
    (r"torch\.nn\.(modules\.(conv\.)?)?LazyConvTranspose[123]d", _TORCH_LAYER[1:]),
    (r"torch\.(nn\.functional\.)?conv_transpose[123]d", _TORCH_FUNCTION),
    (_KERAS_ROOT + r"\.layers\.(convolutional\.)?(Conv|Convolution)3DTranspose", _KERAS_3D),
    (_KERAS_ROOT + r"\.layers\.(convolutional\.)?(Conv|Convolution)[12]DTranspose", _KERAS),
    (r"keras\.layers\.(convolutional\.)?(Deconvolution|Deconv)[23]D", _KERAS),
    (r"keras\.ops\.conv_transpose", "inputs kernel strides padding output_padding data_format dilation_rate".split()),
    (r"tensorflow\.(compat\.v2\.)?nn\.(conv[123]d_transpose|conv_transpose)", _TF_FUNCTION),
    (r"tensorflow\.compat\.v1\.nn\.conv2d_transpose", _TF_FUNCTION_1),
    (r"tensorflow\.compat\.v1\.nn\.conv[13]d_transpose", _TF_FUNCTION),
    (r"tensorflow\.(compat\.v1\.)?layers\.(conv|convolution)[23]d_transpose", _TF_LAYER),
    (r"tensorflow\.(compat\.v1\.)?layers\.(Conv|Convolution)[23]DTranspose", _TF_LAYER[1:]),
    (r"(tensorflow\.contrib\.layers|tensorflow\.contrib\.slim|tf_slim)\.(conv|convolution)[23]d_transpose", _SLIM),
]
_COMPILED = [(re.compile(pattern + r"\Z"), parameters) for pattern, parameters in _PATTERNS]

# A text without these letters calls none of them.
MENTION = re.compile("ConvTranspose|DTranspose|_transpose|Deconv")

# Modules whose `import *` can bring such a name in.
STAR_MODULES = {
    "torch", "torch.nn", "torch.nn.functional", "torch.nn.modules", "torch.nn.modules.conv", "keras", "keras.layers", "keras.layers.convolutional",
    "tensorflow", "tensorflow.keras", "tensorflow.keras.layers", "tensorflow.python.keras", "tensorflow.python.keras.layers", "tf_keras.layers",
    "tensorflow.contrib.layers", "tensorflow.contrib.slim", "tf_slim", "tensorflow.compat.v1", "tensorflow.layers",
}
# What `from x import *` brings that leads on to one.
STAR_SUBMODULES = {"nn", "layers", "keras", "functional", "contrib", "compat", "ops"}


def parameters_of(name: str) -> Sequence[str] | None:
    """The parameters in positional order; None where the name is no transposed convolution."""
    return next((parameters for pattern, parameters in _COMPILED if pattern.match(name)), None)


def bind(name: str, positional: Sequence[Any], keywords: Mapping[str, Any]) -> dict[str, Any]:
    """Literal arguments by parameter. Positional ones that are no literals are `NotLiteral` and left out."""
    parameters = parameters_of(name) or []
    pairs = itertools.chain(zip(parameters, positional), ((key, value) for key, value in keywords.items() if key in parameters))
    return {parameter: value for parameter, value in pairs if value is not NotLiteral}


class NotLiteral:
    """In place of an argument that is more than a literal."""
