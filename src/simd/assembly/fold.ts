/** The adjoint of padding: what stands in the ring is added to the cell that the ring copied there. */
@unmanaged
export class Fold {
  planes: i32;
  padded: usize;
  rows: i32;
  columns: i32;
  rowTable: usize;
  columnTable: usize;
  dx: usize;
  dxRows: i32;
  dxColumns: i32;
  /** The position of column 0. */
  before: i32;
}

/** dX from the gradient of the padded input. Every cell is added to in the order of the padded rows and columns. */
export function fold(job: Fold): void {
  const size: usize = (job.dxRows * job.dxColumns) << 2;
  let from = job.padded;
  let plane = job.dx;
  for (let p = 0; p < job.planes; p++, plane += size) {
    memory.fill(plane, 0, size);
    for (let y = 0; y < job.rows; y++, from += job.columns << 2) {
      const row = load<i32>(job.rowTable + (y << 2));
      if (row >= 0) addRow(job, from, plane + ((row * job.dxColumns) << 2));
    }
  }
}

function addRow(job: Fold, from: usize, to: usize): void {
  const end = job.before + job.dxColumns;
  addByTable(job, from, to, 0, job.before);
  const inner = from + (job.before << 2);
  const bytes = job.dxColumns << 2;
  let x = 0;
  for (; x + 16 <= bytes; x += 16)
    v128.store(to + x, f32x4.add(v128.load(to + x), v128.load(inner + x)));
  for (; x < bytes; x += 4) store<f32>(to + x, load<f32>(to + x) + load<f32>(inner + x));
  addByTable(job, from, to, end, job.columns);
}

function addByTable(job: Fold, from: usize, to: usize, begin: i32, end: i32): void {
  for (let x = begin; x < end; x++) {
    const column = load<i32>(job.columnTable + (x << 2));
    if (column < 0) continue;
    const at = to + (column << 2);
    store<f32>(at, load<f32>(at) + load<f32>(from + (x << 2)));
  }
}
