"""Times of PyTorch on one thread: reads workloads as JSON, writes milliseconds as JSON."""
import json
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
result = {}
with torch.inference_mode():
    for work in json.load(sys.stdin):
        layer = [F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d][work["rank"] - 1]
        x, w = torch.randn(work["input"]), torch.randn(work["weights"])

        def run():
            layer(x, w, None, work["stride"], work["padding"], work["outputPadding"], work["groups"], work["dilation"])

        def elapsed(repeats):
            start = time.perf_counter()
            for _ in range(repeats):
                run()
            return (time.perf_counter() - start) * 1000 / repeats

        run()
        repeats = 1
        while elapsed(repeats) * repeats < 2:
            repeats *= 2
        times = sorted(elapsed(repeats) for _ in range(15))
        result[work["name"]] = {"median": times[7], "least": times[0], "most": times[-1]}
json.dump({"version": torch.__version__, "times": result}, sys.stdout)
