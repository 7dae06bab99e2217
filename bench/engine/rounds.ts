// Times in turns: every contender once a round, so that what disturbs the machine disturbs all of them.

/** Something to be timed; what it returns is awaited if it must be. */
export interface Timed {
  readonly name: string;
  readonly run: () => unknown;
}

export interface Times {
  readonly name: string;
  /** Microseconds a call. */
  readonly least: number;
  readonly median: number;
}

/** A sample is as many calls as take about so long. */
const SAMPLE_MS = 4;
/** How long each is run before it is timed: the first calls are made by a compiler that does not optimise yet. */
const WARM_MS = 150;

async function calls({ run }: Timed, count: number): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < count; i++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return performance.now() - started;
}

async function calibrate(timed: Timed): Promise<{ count: number; ms: number }> {
  let [spent, ms] = [0, await calls(timed, 1)];
  let count = 1;
  while (spent < WARM_MS) {
    count = Math.max(1, Math.round(SAMPLE_MS / Math.max(ms / count, 1e-4)));
    ms = await calls(timed, count);
    spent += ms;
    if (ms > WARM_MS) break;
  }
  return { count, ms };
}

/** Times of all, from as many rounds as fit into `budgetMs`: 5 at least, `most` at most. */
export async function inTurns(
  all: readonly Timed[],
  budgetMs: number,
  most: number,
): Promise<Times[]> {
  const samples: { count: number; ms: number }[] = [];
  for (const timed of all) samples.push(await calibrate(timed));
  const round = samples.reduce((sum, { ms }) => sum + ms, 0);
  const rounds = Math.max(5, Math.min(most, Math.floor(budgetMs / round)));
  const found: number[][] = all.map(() => []);
  for (let r = 0; r < rounds; r++)
    for (const [i, timed] of all.entries()) {
      const { count } = samples[i]!;
      found[i]!.push(((await calls(timed, count)) / count) * 1000);
    }
  return all.map(({ name }, i) => {
    const sorted = found[i]!.sort((a, b) => a - b);
    return { name, least: sorted[0]!, median: sorted[sorted.length >> 1]! };
  });
}
