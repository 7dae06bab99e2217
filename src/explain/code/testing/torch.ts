/**
 * The few functions of PyTorch that the programs call, in Python on NumPy, written from its documentation.
 * Strict where the library is: shapes, orders of arguments, limits of padding. It stands in where PyTorch is not.
 */
export const TORCH = `
import types
import numpy as np

class Tensor(np.ndarray):
    pass

def tensor(data, dtype=None):
    assert dtype is np.float64
    return np.array(data, dtype=dtype).view(Tensor)

def flip(input, dims):
    return np.flip(input, dims)

def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    assert input.shape == other.shape, "RuntimeError: sizes differ"
    return bool(np.all(np.abs(input - other) <= atol + rtol * np.abs(other)))

def pad(input, pad, mode="constant", value=None):
    assert input.ndim == 4 and len(pad) == 4
    left, right, top, bottom = pad  # from the last axis on
    rows, columns = input.shape[2:]
    if mode == "reflect":
        if max(left, right) >= columns or max(top, bottom) >= rows:
            raise RuntimeError("Padding size should be less than the corresponding input dimension")
    if mode == "circular":
        if max(left, right) > columns or max(top, bottom) > rows:
            raise RuntimeError("Padding value causes wrapping around more than once")
    def place(n, before, after):
        at = np.arange(-before, n + after)
        if mode == "reflect":
            return np.where(at < 0, -at, np.where(at >= n, 2 * (n - 1) - at, at))
        if mode == "replicate":
            return np.clip(at, 0, n - 1)
        if mode == "circular":
            return at % n
        raise NotImplementedError(mode)
    if mode == "constant":
        out = np.zeros(input.shape[:2] + (top + rows + bottom, left + columns + right))
        out[:, :, top:top + rows, left:left + columns] = input
        return out
    return input[:, :, place(rows, top, bottom)][:, :, :, place(columns, left, right)]

def pair(value):
    return value if isinstance(value, tuple) else (value, value)

def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    assert input.ndim == 4 and weight.ndim == 4 and bias.shape == weight.shape[:1]
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    batch, channels = input.shape[:2]
    filters, depth, kh, kw = weight.shape
    assert channels == depth * groups and filters % groups == 0
    x = pad(input, (pw, pw, ph, ph))
    oh = (x.shape[2] - dh * (kh - 1) - 1) // sh + 1
    ow = (x.shape[3] - dw * (kw - 1) - 1) // sw + 1
    out = np.zeros((batch, filters, oh, ow))
    for f in range(filters):
        group = f // (filters // groups)
        for c in range(depth):
            for u in range(kh):
                for v in range(kw):
                    part = x[:, group * depth + c, u * dh:, v * dw:][:, ::sh, ::sw][:, :oh, :ow]
                    out[:, f] += part * weight[f, c, u, v]
        out[:, f] += bias[f]
    return out

def leaky_relu(input, negative_slope=0.01, inplace=False):
    return np.where(input > 0, input, input * negative_slope)

torch = types.ModuleType("torch")
torch.float64 = np.float64
torch.tensor, torch.flip, torch.allclose = tensor, flip, allclose
torch.relu = lambda input: np.maximum(input, 0)
torch.sigmoid = lambda input: 1 / (1 + np.exp(-input))
torch.tanh = np.tanh
torch.nn = types.ModuleType("torch.nn")
torch.nn.functional = types.ModuleType("torch.nn.functional")
for function in (pad, conv2d, leaky_relu):
    setattr(torch.nn.functional, function.__name__, function)
for module in (torch, torch.nn, torch.nn.functional):
    sys.modules[module.__name__] = module
`;
