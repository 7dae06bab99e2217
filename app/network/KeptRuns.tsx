import "./kept.css";
import {
  differing,
  NAMED,
  nameOfRun,
  objection,
  type RunRecord,
  recordOf,
  type Standing,
  standingAt,
} from "../store/network/keptRuns.ts";
import { useKeptRuns, useLearner, useLearning } from "./use.ts";
import { percent, short } from "./words.ts";

/** Keeps the run as far as it has come, to be compared with the next one. */
export function KeepRun() {
  const { kept } = useLearner();
  const runs = useKeptRuns();
  const refused = useLearning((state) => objection(recordOf(state), runs));
  const why = refused ?? "Its curves stay behind those of the next run, and are compared.";
  return (
    <>
      <button
        type="button"
        className="button keep"
        aria-disabled={refused !== null}
        aria-describedby="keep-why"
        title={why}
        onClick={kept.keep}
      >
        Keep this run
      </button>
      <span className="visually-hidden" id="keep-why">
        {why}
      </span>
    </>
  );
}

/** The present run and all that are kept, and what is not the same in them; null while there is no run. */
function useCompared() {
  const kept = useKeptRuns();
  const now = recordOf(useLearning((state) => state));
  return now && { now, kept, differ: differing([now, ...kept]) };
}

/** Which of the broken lines is which run. */
export function KeptKeys() {
  const compared = useCompared();
  return compared?.kept.map((run, i) => (
    <span key={run.id} className={`key-kept-${i + 1}`}>
      kept: {nameOfRun(run, compared.differ)}
    </span>
  ));
}

/** How a run stands, column by column. */
const STANDINGS = {
  loss: ({ loss }: Standing) => short(loss),
  accuracy: ({ accuracy }: Standing) => percent(accuracy),
  "held-out loss": ({ heldOut }: Standing) => heldOut && short(heldOut.loss),
  "held-out accuracy": ({ heldOut }: Standing) => heldOut && percent(heldOut.accuracy),
  "after step": ({ heldOut }: Standing) => heldOut && String(heldOut.step),
} as const satisfies Record<string, (standing: Standing) => string | null>;

/** The present run and those kept, at the same step, each a column; nothing while none is kept. */
export function KeptRuns() {
  const learner = useLearner();
  const compared = useCompared();
  const step = useLearning((state) => state.run?.step ?? 0);
  if (!compared || compared.kept.length === 0) return null;
  const { now, kept, differ } = compared;
  const runs: readonly RunRecord[] = [now, ...kept];
  const at = Math.min(step, ...kept.map(({ metrics }) => metrics.length));
  // what a run is called by need not be said again
  const settings = differ.filter((setting) => !NAMED.includes(setting));
  const standings = runs.map((run) => standingAt(run, at));
  return (
    <section className="kept" aria-label="Runs compared">
      <table>
        <thead>
          <tr>
            <th scope="col">at step {at}</th>
            <th scope="col">this run: {nameOfRun(now, differ)}</th>
            {kept.map((run, i) => (
              <th scope="col" key={run.id}>
                <span className="kept-name">{nameOfRun(run, differ)}</span>
                <button
                  type="button"
                  className="button bare"
                  aria-label={`Remove kept run ${i + 1}`}
                  title="Remove"
                  onClick={() => learner.kept.remove(run.id)}
                >
                  ×
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.map((setting) => (
            <Row key={setting} name={setting} says={runs.map((run) => run.settings[setting])} />
          ))}
          {Object.entries(STANDINGS).map(([name, say]) => (
            <Row key={name} name={name} says={standings.map((one) => one && say(one))} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  /** Of each run; null: nothing is known. */
  readonly says: readonly (string | null)[];
}

function Row({ name, says }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {says.map((said, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place
        <td key={i}>{said ?? "–"}</td>
      ))}
    </tr>
  );
}
