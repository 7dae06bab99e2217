import { type Cell, shareOf } from "./measure.ts";
import { type Op, SHORT, type WorkloadName } from "./workloads.ts";

/** The cells that were measured. */
export type Cells = ReadonlyMap<string, Cell>;

export const keyOf = (name: WorkloadName, op: Op) => `${name}.${SHORT[op]}`;

/** One line of the report: what is claimed, what was found, and whether it holds. */
export interface Verdict {
  readonly line: string;
  readonly holds: boolean;
  /** The cells it rests on: what is measured again where it does not hold. */
  readonly cells: readonly string[];
}

/** A claim gives a verdict, or null where what it needs was not measured. */
type Claim = (cells: Cells) => Verdict | null;

const least = (cells: Cells, key: string, name: string) => cells.get(key)?.times.get(name)?.least;

function verdict(line: string, found: number, goal: number, most: boolean, cells: string[]) {
  const holds = most ? found <= goal : found >= goal;
  return { line: `${line} ${holds ? "ok" : "MISSED"}`, holds, cells };
}

/** `rival` takes so many times as long as `ours`. */
function ratio(name: WorkloadName, op: Op, ours: string, rival: string, goal: number): Claim {
  return (cells) => {
    const key = keyOf(name, op);
    const [a, b] = [least(cells, key, ours), least(cells, key, rival)];
    if (a === undefined || b === undefined) return null;
    const line = `RATIO ${key} ${ours}/${rival} ${(b / a).toFixed(2)} goal ${goal}`;
    return verdict(line, b / a, goal, false, [key]);
  };
}

/** The fastest of the peers there. */
const PEERS = ["tfjs-wasm", "tfjs-cpu", "onnxruntime", "opencv", "jax-js"];

function best(name: WorkloadName, op: Op, ours: string, goal: number): Claim {
  return (cells) => {
    const key = keyOf(name, op);
    const there = PEERS.filter((peer) => least(cells, key, peer) !== undefined);
    if (there.length === 0) return null;
    there.sort((p, q) => least(cells, key, p)! - least(cells, key, q)!);
    return ratio(name, op, ours, there[0]!, goal)(cells);
  };
}

/** A whole training step: forward, dX and dW of one peer against ours. */
function step(name: WorkloadName, ours: string, rivals: readonly string[], goal: number): Claim {
  return (cells) => {
    const keys = (Object.keys(SHORT) as Op[]).map((op) => keyOf(name, op));
    const sum = (who: string) =>
      keys.reduce((all, key) => all + (least(cells, key, who) ?? Number.NaN), 0);
    const sums = rivals.map((who) => [who, sum(who)] as const).filter(([, us]) => us > 0);
    const own = sum(ours);
    if (sums.length === 0 || Number.isNaN(own)) return null;
    sums.sort((p, q) => p[1] - q[1]);
    const [who, us] = sums[0]!;
    const line = `RATIO ${name}.step ${ours}/${who} ${(us / own).toFixed(2)} goal ${goal}`;
    return verdict(line, us / own, goal, false, keys);
  };
}

function peak(
  name: WorkloadName,
  op: Op,
  ours: string,
  of: "mul+add" | "FMA",
  goal: number,
): Claim {
  return (cells) => {
    const cell = cells.get(keyOf(name, op));
    const share = cell ? 100 * shareOf(cell, `${ours}, resident`, of) : Number.NaN;
    if (!cell || Number.isNaN(share)) return null;
    const line = `PEAK ${keyOf(name, op)} ${ours} ${share.toFixed(1)}% of ${of} goal ${goal}%`;
    return verdict(line, share, goal, false, [keyOf(name, op)]);
  };
}

/** Resident, as many times the plain copy of as many bytes, at most. */
function copies(name: WorkloadName, op: Op, ours: string, goal: number): Claim {
  return (cells) => {
    const key = keyOf(name, op);
    const [a, b] = [least(cells, key, `${ours}, resident`), least(cells, key, "copy")];
    if (a === undefined || b === undefined) return null;
    const line = `COPY ${key} ${ours} ${(a / b).toFixed(2)} copies goal ${goal} at most`;
    return verdict(line, a / b, goal, true, [key]);
  };
}

const [STRICT, FAST] = ["ours-strict", "ours-fast"];
const [TF, ORT, CV] = ["tfjs-wasm", "onnxruntime", "opencv"];

/** What is claimed, in the order of the report; the goals are those of issue 4. */
export const CLAIMS: readonly Claim[] = [
  best("A", "forward", STRICT, 6),
  best("A", "inputGradient", STRICT, 6),
  best("A", "weightGradient", STRICT, 6),
  ...[TF, ORT].flatMap((peer) => [
    ratio("B", "forward", STRICT, peer, 1.6),
    ratio("B", "forward", FAST, peer, 2.2),
  ]),
  ...(["C", "G"] as const).flatMap((name) => [
    ratio(name, "forward", STRICT, CV, 2.5),
    ratio(name, "forward", STRICT, ORT, 2.5),
    ratio(name, "forward", STRICT, TF, 12),
  ]),
  ...(["forward", "inputGradient"] as const).flatMap((op) =>
    [TF, ORT].flatMap((peer) => [
      ratio("D", op, STRICT, peer, 2.2),
      ratio("D", op, "ours-fast without FMA", peer, 2.2),
      ratio("D", op, FAST, peer, 3),
    ]),
  ),
  step("E", STRICT, [TF, ORT, "jax-js"], 15),
  step("E", STRICT, ["tfjs-cpu"], 250),
  ...[TF, ORT].flatMap((peer) => [
    ratio("F", "forward", STRICT, peer, 1.5),
    ratio("F", "forward", FAST, peer, 2.3),
    ratio("F", "inputGradient", STRICT, peer, 2),
    ratio("F", "inputGradient", FAST, peer, 3),
  ]),
  ratio("B", "weightGradient", STRICT, ORT, 3),
  ratio("D", "weightGradient", STRICT, ORT, 3),
  ...(["B", "D", "F"] as const).map((name) => peak(name, "forward", STRICT, "mul+add", 85)),
  ...(["B", "F"] as const).map((name) => peak(name, "forward", FAST, "FMA", 65)),
  peak("D", "forward", FAST, "mul+add", 150),
  peak("D", "forward", "ours-fast without FMA", "mul+add", 150),
  copies("G", "forward", STRICT, 1.8),
  copies("G", "forward", FAST, 1.8),
];
