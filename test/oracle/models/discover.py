"""Finds cases: `python discover.py ROOT [FILE…]` prints those that run, as JSON.

For every class or function of a file that mentions a transposed convolution, tries to build a model with no arguments,
or with common values for parameters that need one, and to apply it to inputs of common shapes. What PyTorch says about a wrong
number of channels corrects the input.
"""
import ast
import inspect
import json
import os
import re
import signal
import sys

from load import load
from record import Recorder
from run import _grad_off, _late

MENTION = re.compile(r"ConvTranspose[123]d|Conv[123]DTranspose|conv_transpose[123]d|Convolution[123]DTranspose|LazyConvTranspose")
SECONDS = 20

VALUES = [
    (r"^(in|input|n|num|img|image|inp)?_?(ch|channels?|nc|chan|c|dim)$|in_?(ch|nc|planes|features|filters|size|plane)|channels$|^inplanes$|^nc$", 8),
    (r"out_?(ch|nc|planes|features|filters|put_nc|plane)|n_?class(es)?|num_class(es)?|output_nc|classes$|middle", 4),
    (r"latent|z_?dim|nz|noise|embedding_dim|hidden|code", 16),
    (r"ngf|ndf|nf|filters|width|base|conv_dim|features|feat", 8),
    (r"img_size|image_size|size|height", 64),
    (r"shape", (3, 64, 64)), (r"downs", 6),
    (r"ngpu|n_?blocks?|num_?blocks?|layers|depth|num_res|repeat|n_res|level", 2),
    (r"kernel", 4), (r"stride|scale|factor", 2), (r"pad", 1), (r"rank|dims|ndim|spatial", 2),
]
SHAPES = [
    (2, 3, 64, 64), (2, 1, 64, 64), (2, 100, 1, 1), (2, 100), (1, 8, 16, 16), (1, 1, 32, 32, 32), (1, 80, 40), (1, 1, 4096), (1, 3, 256, 256),
]


def main():
    root = os.path.abspath(sys.argv[1])
    framework = os.environ.get("FRAMEWORK", "pytorch")
    output, sys.stdout = sys.stdout, sys.stderr
    recorder = Recorder()
    recorder.watch_pytorch() if framework == "pytorch" else recorder.watch_keras()
    signal.signal(signal.SIGALRM, _late)
    # Stopped by hand or by a time limit: what was found until then counts.
    signal.signal(signal.SIGTERM, lambda *_: (json.dump(cases, output, indent=1), output.flush(), os._exit(0)))
    cases = []
    for file in sys.argv[2:] or sources(root):
        with open(os.path.join(root, file), encoding="utf-8", errors="replace") as stream:
            text = stream.read()
        if not MENTION.search(text):
            continue
        signal.alarm(60)
        try:
            namespace = load(root, file)
            names = [node.name for node in ast.parse(text).body if isinstance(node, (ast.ClassDef, ast.FunctionDef))]
        except BaseException as problem:
            print(file, problem)
            continue
        finally:
            signal.alarm(0)
        here = []
        for name in names:
            run = attempt(recorder, namespace, name, os.path.join(root, file), framework)
            if run is not None:
                here.append(run)
        print(file, len(here), "of", len(names))
        cases += [{"file": file, "run": run, **({} if framework == "pytorch" else {"framework": framework})} for run in here]
    json.dump(cases, output, indent=1)


def sources(root):
    for directory, inner, files in os.walk(root):
        inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in ("tests", "test"))
        for name in sorted(files):
            if name.endswith(".py"):
                yield os.path.relpath(os.path.join(directory, name), root)


def attempt(recorder, namespace, name, path, framework):
    """The lines that run the model called `name`, where they make a transposed convolution of this file run."""
    value = namespace.get(name)
    if not callable(value) or getattr(value, "__module__", None) is None:
        return None
    given = arguments(value, namespace)
    if given is None:
        return None
    build = f"{name}({given})"
    if framework == "keras":
        return build if tries(recorder, namespace, build, path)[0] else None
    if inspect.isclass(value):
        import torch
        if not issubclass(value, torch.nn.Module):
            return None
    elif not any(key in inspect.getsource(value) if hasattr(value, "__code__") else False for key in ("nn.", "return ")):
        return None
    signal.alarm(SECONDS)
    try:
        exec(f"import torch\n_model = {build}.eval()", namespace)
    except BaseException:
        return None
    finally:
        signal.alarm(0)
    count = inputs_of(namespace["_model"])
    for shape in SHAPES:
        shape = list(shape)
        for _ in range(3):
            call = ", ".join([f"torch.zeros({', '.join(map(str, shape))})"] * count)
            good, problem = tries(recorder, namespace, f"_model({call})", path)
            if good:
                return f"import torch\nmodel = {build}\nmodel.eval()\nmodel({call})"
            wanted = re.search(r"to have (\d+) channels", problem)
            linear = re.search(r"\((\d+)x(\d+) and (\d+)x\d+\)", problem)
            if wanted and len(shape) > 1 and shape[1] != int(wanted[1]):
                shape[1] = int(wanted[1])
            elif linear and len(shape) == 2 and shape[1] != int(linear[3]):
                shape[1] = int(linear[3])
            else:
                break
    return None


def tries(recorder, namespace, line, path):
    recorder.clear()
    signal.alarm(SECONDS)
    try:
        with _grad_off():
            exec(line, namespace)
    except BaseException as problem:
        return False, str(problem)
    finally:
        signal.alarm(0)
    return any(instance["file"] == path for instance in recorder.instances), ""


def arguments(value, namespace):
    """Values for the parameters that have no default."""
    try:
        parameters = list(inspect.signature(value).parameters.values())
    except (ValueError, TypeError):
        return None
    given = []
    for parameter in parameters:
        if parameter.default is not parameter.empty or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        configuration = configuration_for(value, namespace) if parameter.name == "config" else None
        if configuration is not None:
            given.append(f"{configuration}()")
            continue
        for pattern, number in VALUES:
            if re.search(pattern, parameter.name, re.IGNORECASE):
                given.append(f"{parameter.name}={number}")
                break
        else:
            if parameter.annotation is bool or parameter.name.startswith(("is_", "use_", "bilinear", "batchnorm", "bn")):
                given.append(f"{parameter.name}=False")
            else:
                return None
    return ", ".join(given)


def configuration_for(value, namespace):
    """The configuration class with the longest common beginning with the model's name."""
    names = [name for name, member in namespace.items() if name.endswith("Config") and inspect.isclass(member) and name != "PretrainedConfig"]
    return max(names, key=lambda name: len(os.path.commonprefix([name, value.__name__])), default=None)


def inputs_of(model):
    needed = [p for p in inspect.signature(model.forward).parameters.values() if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return max(1, len(needed))


if __name__ == "__main__":
    main()
