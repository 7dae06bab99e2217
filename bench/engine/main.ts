import { bitsOf } from "./bits.ts";
import { type Cells, CLAIMS, keyOf, type Verdict } from "./claims.ts";
import { type Contender, only } from "./contender.ts";
import { type Modules, machine } from "./machine.ts";
import { type Cell, entriesOf, measure } from "./measure.ts";
import { naive } from "./naive.ts";
import { OURS } from "./ours.ts";
import { type Jax, jaxJs } from "./peers/jax.ts";
import { type Ort, onnxRuntime } from "./peers/onnxRuntime.ts";
import { type Cv, opencv } from "./peers/opencv.ts";
import { type Tf, tensorflow } from "./peers/tensorflow.ts";
import { OPS, type Op, WORKLOADS, type WorkloadName, workload } from "./workloads.ts";

/** The libraries of bench/package.json, as far as they are there. */
export interface Libraries {
  readonly tf?: Tf;
  readonly ort?: Ort;
  readonly cv?: Cv;
  readonly jax?: Jax;
}

function contendersOf({ tf, ort, cv, jax }: Libraries): Contender[] {
  return [
    ...OURS,
    // It would need minutes for the large ones.
    only(["A", "E"], naive),
    ...(tf
      ? [
          // Its WebAssembly has no gradient of the weights; its JavaScript takes seconds a call for the large ones.
          tensorflow(tf, "wasm", ["forward", "inputGradient"]),
          only(["A", "E"], tensorflow(tf, "cpu", OPS)),
        ]
      : []),
    ...(ort ? [onnxRuntime(ort)] : []),
    ...(cv ? [opencv(cv)] : []),
    // Half a second and more a call for the others.
    ...(jax ? [only(["A", "C", "D", "E"], jaxJs(jax))] : []),
  ];
}

/** How long the rounds of a cell may take; a cell that missed a goal is measured once more, for longer. */
const BUDGET_MS = 3000;
const ROUNDS = 25;
const AGAIN = 3;

function table(cell: Cell): string {
  const peaks = [...cell.times.values()].map(
    ({ name, least, median }) => `${name} ${least.toFixed(1)} (${median.toFixed(1)})`,
  );
  return `${keyOf(cell.load.name, cell.op)} µs least (median): ${peaks.join(" · ")}`;
}

const isName = (word: string): word is WorkloadName => (WORKLOADS as string[]).includes(word);

/** Measures the workloads that are named (all, if none is), and prints claims, `also` these. The exit status. */
export async function main(
  args: readonly string[],
  modules: Modules,
  libraries: Libraries,
  say: (line: string) => void = console.log,
  also: readonly Pick<Verdict, "line" | "holds">[] = [],
): Promise<number> {
  const names = args.length > 0 ? args.filter(isName) : WORKLOADS;
  const beside = await machine(modules);
  const contenders = contendersOf(libraries);
  const cells = new Map<string, Cell>();
  const verdicts = new Map<number, Verdict>();
  const bits: ReturnType<typeof bitsOf> = [];
  for (const name of names) {
    const load = workload(name);
    const entries = await entriesOf(load, OPS, contenders, say);
    const run = async (op: Op, times: number) => {
      const budget = BUDGET_MS * times;
      const cell = await measure(load, op, entries, beside, budget, ROUNDS * times);
      cells.set(keyOf(name, op), cell);
      say(table(cell));
    };
    for (const op of OPS) await run(op, 1);
    const missed = judge(cells, verdicts);
    for (const op of OPS) if (missed.has(keyOf(name, op))) await run(op, AGAIN);
    if (missed.size > 0) judge(cells, verdicts);
    bits.push(...bitsOf(load));
    cells.clear(); // a workload's arrays are large
  }
  const judged = [...verdicts].sort(([a], [b]) => a - b).map(([, verdict]) => verdict);
  const lines = [...judged, ...bits, ...also];
  for (const { line } of lines) say(line);
  const missed = lines.filter(({ holds }) => !holds).length;
  say(`${lines.length - missed} of ${lines.length} goals reached`);
  return missed > 0 || lines.length === 0 ? 1 : 0;
}

/** Judges every claim that these cells suffice for; the cells of those that do not hold. */
function judge(cells: Cells, verdicts: Map<number, Verdict>): Set<string> {
  const missed = new Set<string>();
  for (const [i, claim] of CLAIMS.entries()) {
    const found = claim(cells);
    if (!found) continue;
    verdicts.set(i, found);
    if (!found.holds) for (const key of found.cells) missed.add(key);
  }
  return missed;
}
