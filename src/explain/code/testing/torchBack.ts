import { TORCH } from "./torch.ts";

/** The stand-in for PyTorch, with what the programs of the way back call besides. */
export const TORCH_BACK = `${TORCH}
forward_pad, forward_conv2d = pad, conv2d

def swap(self, a, b):
    return np.swapaxes(self, a, b)

Tensor.transpose = swap
Tensor.long = lambda self: self.astype(np.int64)

def zeros(*shape, dtype=None):
    assert dtype is np.float64
    return np.zeros(shape).view(Tensor)

def arange(end):
    assert isinstance(end, float)
    return np.arange(end).astype(np.float32).view(Tensor)

def index_add(self, dim, index, source):
    assert index.ndim == 1 and index.dtype == np.int64 and source.shape[dim] == len(index)
    out = np.array(self).view(Tensor)
    np.add.at(out, (slice(None),) * dim + (index,), source)
    return out

Tensor.index_add = index_add

def pad_or_crop(input, pad, mode="constant", value=None):
    if mode == "constant" and min(pad) < 0:  # negative padding crops
        left, right, top, bottom = pad
        out = forward_pad(input, tuple(max(0, p) for p in pad))
        rows, columns = out.shape[2:]
        # both sides are counted from the padded tensor
        cut = lambda p: -min(0, p)
        out = out[:, :, cut(top):rows - cut(bottom), cut(left):columns - cut(right)]
        if 0 in out.shape:
            raise RuntimeError("narrow(): length must be non-negative.")
        return out.view(Tensor)
    return forward_pad(input, pad, mode, value).view(Tensor)

def conv2d_without_bias(input, weight, bias=None, **options):
    if bias is None:
        bias = np.zeros(weight.shape[0])
    return forward_conv2d(input, weight, bias, **options).view(Tensor)

def conv_transpose2d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    (sh, sw), (ph, pw), (oph, opw), (dh, dw) = map(pair, (stride, padding, output_padding, dilation))
    if not ((oph < sh or oph < dh) and (opw < sw or opw < dw)):
        raise RuntimeError("output padding must be smaller than either stride or dilation")
    batch, filters, oh, ow = input.shape
    depth, kh, kw = weight.shape[1:]
    assert weight.shape[0] == filters and filters % groups == 0
    rows, columns = (oh - 1) * sh + dh * (kh - 1) + 1 + oph, (ow - 1) * sw + dw * (kw - 1) + 1 + opw
    out = np.zeros((batch, depth * groups, rows, columns))
    for f in range(filters):
        first = f // (filters // groups) * depth
        for c in range(depth):
            for u in range(kh):
                for v in range(kw):
                    place = out[:, first + c, u * dh:, v * dw:][:, ::sh, ::sw][:, :oh, :ow]
                    place += input[:, f] * weight[f, c, u, v]
    return out[:, :, ph:rows - ph, pw:columns - pw].view(Tensor)

torch.zeros, torch.arange = zeros, arange
torch.nn.functional.pad = pad_or_crop
torch.nn.functional.conv2d = conv2d_without_bias
torch.nn.functional.conv_transpose2d = conv_transpose2d
`;
