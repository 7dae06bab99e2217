import {
  createEngine,
  nextStep,
  type Run,
  serve,
  stepsPerEpoch,
  type WorkerPort,
  withData,
} from "#engine";
import type { Task, Trainer } from "./task.ts";

/** The engine, step by step: float64, with every intermediate and all that is said of a step. */
export function ours({ data, start }: Task): Trainer {
  let run: Run = start;
  return {
    name: "ours",
    epoch: () =>
      Array.from({ length: stepsPerEpoch(run) }, () => {
        const stepped = nextStep(run, data);
        run = stepped.run;
        return stepped.metrics.loss;
      }),
  };
}

/** A worker without a thread: its jobs behind a channel, over which all is cloned as it is for a page. */
function worker(): WorkerPort {
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  return {
    postMessage: (message) => port1.postMessage(message),
    terminate: () => port1.close(),
    addEventListener(type, listener) {
      if (type !== "message") return;
      port1.addEventListener(type, listener);
      port1.start();
    },
  };
}

const NAME = "digits";

/** The same as a page asks for it: the run travels to the worker and back, an epoch a question. */
export function oursAsked({ data, start }: Task): Trainer & { readonly close: () => void } {
  const engine = createEngine(worker);
  const ask = withData(engine, NAME, data);
  const part = { of: NAME, first: 0, end: data.labels.length };
  let run: Run = start;
  return {
    name: "ours, asked of the worker",
    async epoch() {
      const trained = await ask("train", { run, data: part, until: { steps: stepsPerEpoch(run) } });
      run = trained.run;
      return trained.metrics.map(({ loss }) => loss);
    },
    close: engine.dispose,
  };
}
