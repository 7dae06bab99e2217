import { useState } from "react";
import { pytorchCode, saveNetwork, WEIGHTS_FILE, weightsFile } from "#engine";
import { download } from "./download.ts";
import "./files.css";
import { OpenFiles, Outcome } from "./OpenFiles.tsx";
import { useLearner, useLearning } from "./use.ts";
import { useDrops } from "./useDrops.ts";

/** The network as files: kept and opened again, or carried on elsewhere. */
export function Files() {
  const learner = useLearner();
  useDrops(learner.files);
  const ready = useLearning((state) => state.run !== null);
  const [problem, setProblem] = useState<string | null>(null);
  /** Hands a file out, or says why there is none. */
  const hand = (make: () => void) => {
    setProblem(null);
    try {
      if (ready) make();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const run = () => learner.state.getState().run!;
  return (
    <section className="files">
      <h2 className="heading">Keep the network</h2>
      <p className="file-buttons">
        <button
          type="button"
          className="button"
          onClick={() =>
            hand(() => {
              const { step } = run();
              download(`convlens-network-${step}.json`, saveNetwork(learner.files.saved()));
            })
          }
        >
          Save
        </button>
        <OpenFiles
          kind="network"
          label="Open …"
          accept=".json,application/json"
          name="Saved network"
        />
      </p>
      <p className="hint">
        A saved network goes on from its step to the same losses, to the last digit. It can also be
        dropped anywhere on this page.
      </p>
      <Outcome kind="network" />
      <p className="file-buttons">
        <button
          type="button"
          className="button"
          title="conv, linear1 and linear2, weights and biases, as .npy in one .npz"
          onClick={() => hand(() => download(WEIGHTS_FILE, weightsFile(run().network)))}
        >
          Weights as .npy
        </button>
        <button
          type="button"
          className="button"
          title="A script that builds the network, loads the weights and checks itself"
          onClick={() => hand(() => download("convlens-network.py", pytorchCode(run().network)))}
        >
          PyTorch
        </button>
      </p>
      <p className="hint">
        The weights are .npy files in one archive, {WEIGHTS_FILE}. The script loads it from beside
        itself, and says when it is of another step.
      </p>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
