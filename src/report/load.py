"""Loads this model with PyTorch alone, computes its test loss and draws samples: python load.py [rows.npy]"""
import json, math, struct, sys, torch, torch.nn.functional as F

data = open("model.safetensors", "rb").read()
end = 8 + struct.unpack("<Q", data[:8])[0]
header, t = json.loads(data[8:end]), {}
spec, types = json.loads(header.pop("__metadata__")["spec"]), {"F32": torch.float32, "I32": torch.int32}
for name, e in header.items():
    a, b = e["data_offsets"]
    t[name] = torch.frombuffer(bytearray(data[end + a : end + b]), dtype=types[e["dtype"]]).reshape(e["shape"])
g = {"relu": F.relu, "softplus": F.softplus, "sigmoid": torch.sigmoid, "tanh": torch.tanh}[spec["activation"]]
widths = [v.get("categories", 1) for v in spec.get("variables", [{"count": spec["inputs"]}]) for _ in range(v.get("count", 1))]
n = sum(name.endswith(".ordering") for name in t)

def logits(x, i):  # x: [rows, D] zeros and ones, under connectivity i
    places = t[f"connectivity.{i}.ordering"].repeat_interleave(torch.tensor(widths))
    def layer(name, h, mask):
        u = (t[name + ".conditioning"] * mask).sum(1) if spec["conditioningWeights"] else 0
        return F.linear(h, t[name + ".weight"] * mask, t[name + ".bias"] + u)
    h, below = x, places
    for l in range(len(spec["hidden"])):
        degrees = t[f"connectivity.{i}.degrees.{l}"]
        h, below = g(layer(f"hidden.{l}", h, degrees[:, None] >= below)), degrees
    z = layer("output", h, places[:, None] > below)
    return z + F.linear(x, t["direct.weight"] * (places[:, None] > places)) if spec["directConnections"] else z

def log_p(x):  # [rows], in nats: the mean of the probabilities under all connectivities
    def one(z): return torch.cat([F.logsigmoid(z * (2 * x - 1)) if k == 1 else z.log_softmax(1) * x for z, x, k in zip(z.split(widths, 1), x.split(widths, 1), widths)], 1).sum(1)
    return torch.stack([one(logits(x, i)) for i in range(n)]).logsumexp(0) - math.log(n)

def sample(count, i=0):  # variable by variable, in the order of connectivity i
    x = torch.zeros(count, spec["inputs"])
    for v in t[f"connectivity.{i}.ordering"].argsort().tolist():
        first, k = sum(widths[:v]), widths[v]
        z = logits(x, i)[:, first : first + k]
        x[:, first : first + k] = torch.bernoulli(z.sigmoid()) if k == 1 else F.one_hot(torch.multinomial(z.softmax(1), 1)[:, 0], k).float()
    return x

if __name__ == "__main__":
    with torch.no_grad():
        raw = open((sys.argv + ["test.npy"])[1], "rb").read()
        rows = torch.frombuffer(bytearray(raw[10 + raw[8] + 256 * raw[9] :]), dtype=torch.uint8).reshape(-1, spec["inputs"]).float()
        print("test NLL", -torch.cat([log_p(part) for part in rows.split(500)]).double().mean().item(), "nats")
        print(sample(4).int())
