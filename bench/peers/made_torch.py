"""The peer: MADE in PyTorch, written the usual way (masked F.linear, autograd, torch.optim.Adam).

A child process of the benchmark. It answers one JSON request per line of standard input with one JSON line on standard
output, and ends with its input. Threads and waiting policy come from the environment, set by bench/peers/torch-peer.ts;
so does MADE_TORCH_CUDA, which moves all of it to the GPU: "eager", "compiled" (torch.compile), or "graphs" (compiled, and
a whole training step or forward pass replayed as one CUDA graph). All in single precision, without TF32.
"""

import ctypes
import itertools
import json
import os
import sys
import time
import traceback

try:
    import torch
    import torch.nn.functional as F
except Exception as error:
    print(json.dumps({"failed": f"PyTorch cannot be loaded: {error}"}), flush=True)
    sys.exit(0)

# How to work on the GPU; None works on the processor.
CUDA = os.environ.get("MADE_TORCH_CUDA")
DEVICE = "cuda" if CUDA else "cpu"

# Masks of all connectivities together are kept as floats up to this many bytes, beyond it as booleans. Both are equally
# fast within the noise at the sizes where it matters.
MOST_FLOAT_MASKS = 512 * 2**20

# Seconds after which timing stops before all repeats are done. With spinning threads a step can suddenly take a hundred
# times as long.
MOST_SECONDS = 0.4


class MaskedLinear(torch.nn.Module):
    """A linear layer whose weights are multiplied by a mask at every pass."""

    def __init__(self, weight, bias):
        super().__init__()
        self.weight = torch.nn.Parameter(weight)
        self.bias = torch.nn.Parameter(bias)

    def forward(self, x, mask):
        return F.linear(x, self.weight * mask, self.bias)


class Made(torch.nn.Module):
    """ReLU hidden layers, and logits of one Bernoulli per input or of the values of categorical variables."""

    def __init__(self, layers):
        super().__init__()
        self.layers = torch.nn.ModuleList(layers)

    def forward(self, x, masks):
        h = x
        for layer, mask in zip(self.layers[:-1], masks[:-1]):
            h = F.relu(layer(h, mask))
        return self.layers[-1](h, masks[-1])

    def masked_once(self, masks):
        """Weights with masks multiplied in, and biases, for weights that stay as they are."""
        return [(layer.weight * mask, layer.bias) for layer, mask in zip(self.layers, masks)]


def logits(matrices, x):
    """What `Made` computes, of weights that are masked already."""
    h = x
    for weight, bias in matrices[:-1]:
        h = F.relu(F.linear(h, weight, bias))
    return F.linear(h, *matrices[-1])


def losses(z, x, columns):
    """-log p of each row, in nats, from logits; `columns` of each variable, or None where all are bits."""
    if columns is None:
        return F.binary_cross_entropy_with_logits(z, x, reduction="none").sum(1)
    variables = zip(z.split(columns, 1), x.split(columns, 1), columns)
    return sum(losses(z, x, None) if n == 1 else z.logsumexp(1) - (z * x).sum(1) for z, x, n in variables)


def log_likelihood(matrices, x, columns):
    """log p of each row, in nats."""
    return -losses(logits(matrices, x), x, columns)


def masks_of(connectivity):
    """The boolean masks of a connectivity, the output's last."""
    below = torch.tensor(connectivity["ordering"])
    masks = []
    for degrees in connectivity["degrees"]:
        degrees = torch.tensor(degrees)
        masks.append(degrees[:, None] >= below[None, :])
        below = degrees
    masks.append(torch.tensor(connectivity["ordering"])[:, None] > below[None, :])
    return masks


def read_floats(path):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32)


def read_rows(path, columns):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).view(-1, columns).float()


def mean_nll(made, x, masks, columns):
    """The mean NLL of a minibatch, in nats."""
    if columns is not None:
        return losses(made(x, masks), x, columns).mean()
    return F.binary_cross_entropy_with_logits(made(x, masks), x, reduction="sum") / len(x)


def compiled(function):
    """The function as torch.compile makes it, where that was asked for: for the sizes of its tensors, whatever is in them."""
    return torch.compile(function, dynamic=False) if CUDA in ("compiled", "graphs") else function


def replayed(function):
    """A function without arguments as one CUDA graph, where that was asked for; its result is overwritten by every replay."""
    if CUDA != "graphs":
        return function
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            function()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        result = function()

    def replay():
        graph.replay()
        return result

    return replay


class Work:
    """One model with its data and optimizer: what a case is timed on."""

    def __init__(self, request):
        inputs, hidden = request["inputs"], request["hidden"]
        self.columns = request["columns"]
        widths = [inputs, *hidden, inputs]
        masks = [masks_of(connectivity) for connectivity in request["connectivities"]]
        weights = sum(above * below for below, above in zip(widths, widths[1:]))
        if 4 * weights * len(masks) <= MOST_FLOAT_MASKS:
            masks = [[mask.float() for mask in layers] for layers in masks]
        masks = [[mask.to(DEVICE) for mask in layers] for layers in masks]
        values = read_floats(request["parameters"]).to(DEVICE)
        layers, at = [], 0
        for l, (below, above) in enumerate(zip(widths, widths[1:])):
            weight = values[at : at + above * below].view(above, below).clone()
            at += above * below
            bias = values[at : at + above].clone()
            at += above
            layers.append(MaskedLinear(weight, bias))
        self.made = Made(layers)
        fast = {"fused": True, "capturable": CUDA == "graphs"} if CUDA else {}
        self.adam = torch.optim.Adam(self.made.parameters(), lr=request["learningRate"], **fast)
        self.rows = read_rows(request["rows"], inputs).to(DEVICE)
        self.minibatches = [torch.tensor(numbers, device=DEVICE) for numbers in request["minibatches"]]
        self.masks = masks
        self.update = 0
        self.scorers = {}
        self.passes = {}
        self.steps = {}
        # Each is compiled once for all masks, which are arguments.
        self.mean_nll = compiled(mean_nll)
        self.forward = compiled(lambda masks, x: self.made(x, masks))
        self.logits = compiled(logits)
        self.log_likelihood = compiled(log_likelihood)

    def step(self):
        """One Adam step; the mean NLL before it, as a tensor."""
        numbers = self.minibatches[self.update % len(self.minibatches)]
        which = self.update % len(self.masks)
        self.update += 1
        if CUDA == "graphs":
            return self.graphed_step(numbers, which)
        return self.one_step(self.rows[numbers], self.masks[which])

    def one_step(self, x, masks):
        loss = self.mean_nll(self.made, x, masks, self.columns)
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()
        return loss

    def graphed_step(self, numbers, which):
        """The same as the replay of a graph, one for each set of masks."""
        if which not in self.steps:
            place = numbers.clone()
            kept = [tensor.detach().clone() for tensor in self.made.parameters()]
            moments = [tensor.clone() for tensor in self.moments()]
            self.steps[which] = (place, replayed(lambda: self.one_step(self.rows[place], self.masks[which]).detach()))
            # Warming up has trained: everything goes back to where it was.
            with torch.no_grad():
                for tensor, before in zip(self.made.parameters(), kept):
                    tensor.copy_(before)
                for i, tensor in enumerate(self.moments()):
                    tensor.copy_(moments[i]) if moments else tensor.zero_()
        place, step = self.steps[which]
        place.copy_(numbers)
        return step()

    def moments(self):
        """What Adam remembers, its count of steps included."""
        return [tensor for state in self.adam.state.values() for tensor in state.values()]

    @torch.no_grad()
    def drawing_pass(self, rows, masked_once):
        """A forward pass of so many rows, as a function; drawing rows takes D of them."""
        key = (rows, masked_once)
        if key not in self.passes:
            x = self.rows[:rows]
            masks = self.masks[0]
            matrices = self.made.masked_once(masks)
            forward = (lambda: self.logits(matrices, x)) if masked_once else (lambda: self.forward(masks, x))
            self.passes[key] = torch.no_grad()(replayed(torch.no_grad()(forward)))
        return self.passes[key]

    def scoring_pass(self, at_once):
        """log p of the next so many rows, as a function; every row under one connectivity, then under the next."""
        if at_once not in self.scorers:
            self.scorers[at_once] = self.score(at_once)
        return lambda: next(self.scorers[at_once])

    def score(self, at_once):
        place = self.rows[:at_once].clone()
        scorers = {}
        for which in itertools.cycle(range(len(self.masks))):
            if which not in scorers:
                with torch.no_grad():
                    scorers[which] = self.scorer(which, place)
            for x in self.rows.split(at_once):
                with torch.no_grad():
                    place.copy_(x)
                    scored = scorers[which]()
                yield scored

    def scorer(self, which, x):
        matrices = self.made.masked_once(self.masks[which])
        return replayed(lambda: self.log_likelihood(matrices, x, self.columns))

    def write(self, path):
        with open(path, "wb") as file:
            for layer in self.made.layers:
                for tensor in (layer.weight, layer.bias):
                    file.write(bytes(tensor.detach().cpu().contiguous().view(-1).numpy().data))


def blas_in_use():
    """What the BLAS library says of itself, if it is OpenBLAS."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "blas" in line and "/" in line}
    for path in sorted(paths):
        try:
            describe = ctypes.CDLL(path).openblas_get_config
        except (OSError, AttributeError):
            continue
        describe.restype = ctypes.c_char_p
        return " ".join(describe().decode().split()[:2])
    return ", ".join(os.path.basename(path) for path in sorted(paths)) or "no BLAS library"


class Peer:
    """Answers requests."""

    def __init__(self):
        self.work = None

    def open(self, request):
        self.work = Work(request)
        return {}

    def close(self, _request):
        self.work = None
        if CUDA:
            torch.compiler.reset()
            torch.cuda.empty_cache()
        return {}

    def step(self, _request):
        return {"loss": self.work.step().item()}

    def write(self, request):
        self.work.write(request["path"])
        return {}

    def train(self, request):
        return timed(request["repeats"], self.work.step)

    def passes(self, request):
        return timed(request["repeats"], self.work.drawing_pass(request["rows"], request["maskedOnce"]))

    def score(self, request):
        return timed(request["repeats"], self.work.scoring_pass(request["atOnce"]))


def timed(repeats, work):
    finish()
    began = time.perf_counter()
    done, seconds = 0, 0.0
    while done < repeats and seconds < MOST_SECONDS:
        work()
        done += 1
        seconds = time.perf_counter() - began
    finish()
    seconds = time.perf_counter() - began
    return {"milliseconds": 1e3 * seconds, "repeats": done}


def finish():
    """Waits for the GPU."""
    if CUDA:
        torch.cuda.synchronize()


def main():
    threads = int(os.environ["OMP_NUM_THREADS"])
    torch.set_num_threads(threads)
    torch.set_float32_matmul_precision("highest")
    if CUDA and not torch.cuda.is_available():
        print(json.dumps({"failed": "PyTorch sees no CUDA GPU"}), flush=True)
        return
    torch.ones(64, 64) @ torch.ones(64, 64)
    peer = Peer()
    print(json.dumps({"torch": torch.__version__, "blas": torch.cuda.get_device_name() if CUDA else blas_in_use()}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = getattr(peer, request["ask"])(request)
        except Exception as error:
            traceback.print_exc()
            reply = {"failed": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
