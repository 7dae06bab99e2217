import { faultOf, rightAnswer } from "./check.ts";
import type { Contender } from "./contender.ts";
import { PEAKS, type Peak } from "./machine.ts";
import { inTurns, type Timed, type Times } from "./rounds.ts";
import { type Op, SHORT, type Workload } from "./workloads.ts";

/** The times of one workload and op, all from the same rounds. */
export interface Cell {
  readonly load: Workload;
  readonly op: Op;
  /** By name: contenders; ours also as "NAME, resident"; and the machine's own. */
  readonly times: ReadonlyMap<string, Times>;
}

/** A contender that took part in a workload, and was right. */
export interface Entry {
  readonly contender: Contender;
  readonly runs: { readonly [O in Op]?: () => unknown };
  readonly resident: { readonly [O in Op]?: () => void };
}

/** Asks every contender for every op once; those that answer wrongly are told of and left out. */
export async function entriesOf(
  load: Workload,
  ops: readonly Op[],
  contenders: readonly Contender[],
  say: (line: string) => void,
): Promise<Entry[]> {
  const right = new Map(ops.map((op) => [op, rightAnswer(load, op)]));
  const entries: Entry[] = [];
  for (const contender of contenders) {
    const prepared = await contender.prepare(load);
    if (!prepared) continue;
    const runs: { -readonly [O in Op]?: () => unknown } = {};
    for (const op of ops) {
      const run = prepared[op];
      if (!run) continue;
      const where = `${load.name}.${SHORT[op]} ${contender.name}`;
      try {
        const fault = faultOf(await run(), right.get(op)!, load, op, contender.layout);
        if (fault === null) runs[op] = run;
        else say(`WRONG ${where}: ${fault}`);
      } catch (error) {
        say(`NONE ${where}: ${String(error).split("\n")[0]}`);
      }
    }
    entries.push({ contender, runs, resident: contender.resident?.(load) ?? {} });
  }
  return entries;
}

/** One cell of the table. */
export async function measure(
  load: Workload,
  op: Op,
  entries: readonly Entry[],
  machine: readonly Timed[],
  budgetMs: number,
  most: number,
): Promise<Cell> {
  const timed = [...machine];
  for (const { contender, runs, resident } of entries) {
    const [run, inside] = [runs[op], resident[op]];
    if (run) timed.push({ name: contender.name, run });
    if (run && inside) timed.push({ name: `${contender.name}, resident`, run: inside });
  }
  const times = await inTurns(timed, budgetMs, most);
  return { load, op, times: new Map(times.map((one) => [one.name, one])) };
}

/** Operations (two a multiply-add) a microsecond of a contender over those of the machine's peak. */
export function shareOf(cell: Cell, name: string, peak: Peak): number {
  const spent = cell.times.get(name);
  const best = cell.times.get(peak);
  if (!spent || !best) return Number.NaN;
  const done = (2 * cell.load.g.multiplyAdds) / spent.least;
  return done / (PEAKS[peak].amount / best.least);
}
