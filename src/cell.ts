/**
 * The tensors whose cells can be pointed at: P is X padded, T the products of all windows (index y · window + slot),
 * S what each channel adds to each output (index y · depth + c).
 */
export type TensorName = "X" | "P" | "W" | "b" | "Z" | "Y" | "T" | "S";

/** One number of one tensor, by its flat index. */
export interface CellRef {
  readonly tensor: TensorName;
  readonly index: number;
}
