import { spawn } from "node:child_process";
import { availableParallelism, constants, setPriority } from "node:os";

/**
 * Keeps every processor at work, behind all else, until the function that it returns is called.
 * Between two inputs a processor that has nothing to do falls asleep, and a virtual one is taken away: what comes next
 * then runs with cold caches at a low clock, and costs half as much again by the same clock. That is no work of a page.
 */
export function keepAwake(): () => void {
  const sleepless = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  for (const { pid } of sleepless)
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  const end = () => {
    for (const one of sleepless) one.kill();
  };
  process.once("exit", end);
  return () => {
    process.off("exit", end);
    end();
  };
}
