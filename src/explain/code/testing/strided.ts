import { TORCH_UNFOLD } from "./unfold.ts";

/** The stand-in for PyTorch with strides, which count numbers there: Tensor.stride(), torch.as_strided, and an order that is laid out anew. */
export const TORCH_STRIDED = `${TORCH_UNFOLD}
Tensor.stride = lambda self: tuple(step // self.itemsize for step in self.strides)

Tensor.permute = lambda self, *order: np.transpose(np.asarray(self), order).view(Tensor)
Tensor.transpose = lambda self, a, b: np.swapaxes(self, a, b)
Tensor.contiguous = lambda self: np.ascontiguousarray(self).view(Tensor)

plain_pad = torch.nn.functional.pad
torch.nn.functional.pad = lambda *given, **named: (
    np.ascontiguousarray(plain_pad(*given, **named)).view(Tensor))

def as_strided(input, size, stride):
    assert isinstance(input, Tensor) and len(size) == len(stride)
    last = sum((n - 1) * step for n, step in zip(size, stride))
    base = input.reshape(-1)
    if last >= base.size:
        raise RuntimeError("out of bounds for storage")
    at = np.zeros((), dtype=int)
    for n, step in zip(size, stride):
        at = at[..., None] + np.arange(n) * step
    return base[at]

torch.as_strided = as_strided
`;
