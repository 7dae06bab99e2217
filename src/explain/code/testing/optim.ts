import { TORCH } from "./torch.ts";

/** The stand-in for PyTorch, with torch.optim.SGD written from its documentation. */
export const TORCH_OPTIM = `${TORCH}
class Leaf(Tensor):
    __hash__ = object.__hash__

def leaf(data, dtype=None):
    assert dtype is np.float64
    out = np.array(data, dtype=dtype).view(Leaf)
    out.requires_grad, out.grad = False, None
    return out

def requires_grad_(self):
    self.requires_grad = True
    return self

Leaf.requires_grad_ = requires_grad_

class ById:
    def __init__(self):
        self.all = {}
    def __getitem__(self, p):
        return self.all.setdefault(id(p), {})

class SGD:
    def __init__(self, params, lr=0.001, momentum=0, dampening=0, weight_decay=0, nesterov=False):
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        assert all(p.requires_grad for p in params)
        self.param_groups = [dict(params=params, lr=lr, momentum=momentum, weight_decay=weight_decay, nesterov=nesterov)]
        self.state = ById()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                assert p.grad.shape == p.shape
                g = np.array(p.grad)
                if group["weight_decay"] != 0:
                    g = g + group["weight_decay"] * np.array(p)
                if group["momentum"] != 0:
                    state = self.state[p]
                    buffer = state.get("momentum_buffer")
                    buffer = np.array(g) if buffer is None else group["momentum"] * np.array(buffer) + g
                    state["momentum_buffer"] = buffer.view(Tensor)
                    g = g + group["momentum"] * buffer if group["nesterov"] else buffer
                p[...] = np.array(p) - group["lr"] * g

torch.tensor = leaf
torch.optim = types.ModuleType("torch.optim")
torch.optim.SGD = SGD
sys.modules["torch.optim"] = torch.optim
`;
