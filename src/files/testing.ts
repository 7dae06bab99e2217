import { TORCH } from "../explain/code/testing/torch.ts";

/** The modules that the script of a network is built of, on the functions that stand in for those of PyTorch. */
export const TORCH_MODULES = `
import sys
${TORCH}
import contextlib

def plain(values, dtype=None):
    return np.array(values, dtype=np.float64).view(Parameter)

class Parameter(np.ndarray):
    def copy_(self, other):
        assert self.shape == other.shape, "RuntimeError: sizes differ"
        self[...] = other
        return self

class Module:
    def double(self):
        return self

class Sequential(Module):
    def __init__(self, *layers):
        self.layers = layers
    def __iter__(self):
        return iter(self.layers)
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

class Conv2d(Module):
    def __init__(self, channels, filters, kernel, stride, dilation):
        self.weight = plain(np.zeros((filters, channels) + kernel))
        self.bias = plain(np.zeros(filters))
        self.stride, self.dilation = stride, dilation
    def __call__(self, x):
        return conv2d(x, self.weight, self.bias, self.stride, 0, self.dilation)

class Linear(Module):
    def __init__(self, inputs, outputs):
        self.weight, self.bias = plain(np.zeros((outputs, inputs))), plain(np.zeros(outputs))
    def __call__(self, x):
        assert x.ndim == 2
        return x @ self.weight.T + self.bias

def padding(mode):
    return lambda sides: lambda x: pad(x, sides, mode)

def windows(x, kernel, stride):
    rows, columns = ((n - k) // s + 1 for n, k, s in zip(x.shape[2:], kernel, stride))
    for r in range(rows):
        for c in range(columns):
            at = r * stride[0], c * stride[1]
            yield r, c, x[:, :, at[0]:at[0] + kernel[0], at[1]:at[1] + kernel[1]]

def pooled(reduce):
    def layer(kernel, stride, padding, dilation=(1, 1), ceil_mode=False, count_include_pad=True):
        assert padding == (0, 0) and dilation == (1, 1) and not ceil_mode
        def call(x):
            found = {(r, c): reduce(cells, axis=(2, 3)) for r, c, cells in windows(x, kernel, stride)}
            rows, columns = (max(at[axis] for at in found) + 1 for axis in (0, 1))
            return np.stack([np.stack([found[r, c] for c in range(columns)], -1) for r in range(rows)], -2)
        return call
    return layer

nn = torch.nn
nn.Sequential, nn.Conv2d, nn.Linear = Sequential, Conv2d, Linear
nn.ZeroPad2d, nn.ReflectionPad2d = padding("constant"), padding("reflect")
nn.ReplicationPad2d, nn.CircularPad2d = padding("replicate"), padding("circular")
nn.MaxPool2d, nn.AvgPool2d = pooled(np.max), pooled(np.mean)
nn.Flatten = lambda: lambda x: np.ascontiguousarray(x).reshape(len(x), -1)
nn.Identity = lambda: lambda x: x
nn.ReLU = lambda: lambda x: np.maximum(x, 0)
nn.LeakyReLU = lambda slope: lambda x: leaky_relu(x, slope)
nn.Sigmoid, nn.Tanh = lambda: torch.sigmoid, lambda: np.tanh
torch.tensor = plain
torch.no_grad = contextlib.nullcontext
`;
