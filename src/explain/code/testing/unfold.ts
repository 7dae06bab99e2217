import { TORCH } from "./torch.ts";

/** The stand-in for PyTorch with what the matrix of all windows takes besides: F.unfold and einsum. */
export const TORCH_UNFOLD = `${TORCH}
def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    assert input.ndim == 4
    (kh, kw), (dh, dw) = pair(kernel_size), pair(dilation)
    (ph, pw), (sh, sw) = pair(padding), pair(stride)
    x = pad(input, (pw, pw, ph, ph))
    batch, channels, rows, columns = x.shape
    oh = (rows - dh * (kh - 1) - 1) // sh + 1
    ow = (columns - dw * (kw - 1) - 1) // sw + 1
    out = np.zeros((batch, channels, kh, kw, oh, ow))
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = x[:, :, u * dh:, v * dw:][:, :, ::sh, ::sw][:, :, :oh, :ow]
    return out.reshape(batch, channels * kh * kw, oh * ow).view(Tensor)

torch.einsum = np.einsum
torch.nn.functional.unfold = unfold
`;
