/** The part of a trace event that is read here; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly startTime?: number } };
}

/** One task of the page's main thread: in milliseconds of the page's clock, and what it cost the processor. */
export interface Task {
  readonly start: number;
  readonly end: number;
  readonly cost: number;
}

/** Every task of every thread, and marks of the page. */
export const CATEGORIES = ["toplevel", "blink.user_timing"];

const TASK = "ThreadControllerImpl::RunTask";

/** The mark that the page is to make while it is traced: it tells its main thread, and one clock from the other. */
export const MARK = "bench";

/** The tasks of the thread that made the mark, in order. */
export function tasksOf(trace: Buffer): Task[] {
  const { traceEvents }: { traceEvents: readonly TraceEvent[] } = JSON.parse(trace.toString());
  const mark = traceEvents.find((event) => event.name === MARK);
  const marked = mark?.args?.data?.startTime;
  if (!mark || marked === undefined) throw new Error("the trace does not hold the page's mark");
  const origin = mark.ts / 1000 - marked;
  return traceEvents
    .filter(
      ({ name, ph, pid, tid }) =>
        name === TASK && ph === "X" && pid === mark.pid && tid === mark.tid,
    )
    .map(({ ts, dur = 0, tdur = dur }) => ({
      start: ts / 1000 - origin,
      end: (ts + dur) / 1000 - origin,
      cost: tdur / 1000,
    }))
    .sort((a, b) => a.start - b.start);
}

/** What the tasks that end between two moments cost. */
export function costBetween(tasks: readonly Task[], from: number, to: number): number {
  let cost = 0;
  for (const task of tasks) if (task.end > from && task.end <= to) cost += task.cost;
  return cost;
}

/** A page's clock and the trace's may differ by this much. */
const CLOCKS = 0.3;

/** When the task ends that was at work at this moment: the one of an animation frame has then handed its picture on. */
export function endAround(tasks: readonly Task[], moment: number): number {
  const near = tasks.filter(({ start, end }) => start - CLOCKS <= moment && moment <= end + CLOCKS);
  if (near.length === 0)
    throw new Error("the trace holds no task in which the picture was painted");
  // beside that of a frame, others are short
  return near.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a)).end;
}
