import { useFigure } from "../store/context.ts";
import { learns } from "../store/learns.ts";
import { GeometryPanel } from "./GeometryPanel.tsx";
import { InputPanel } from "./InputPanel.tsx";
import { KernelPanel } from "./KernelPanel.tsx";
import { Panel } from "./Panel.tsx";
import { TrainingPanel } from "./TrainingPanel.tsx";
import { UpstreamPanel } from "./UpstreamPanel.tsx";
import { useIntake } from "./useIntake.ts";

/** All that a person sets: the left column, or the middle tabs of a phone. Fetched after the first picture. */
export function Settings() {
  useIntake();
  const training = useFigure(learns);
  return (
    <>
      {training && (
        <>
          <Panel className="tab-geometry">
            <TrainingPanel />
          </Panel>
          <Panel className="tab-geometry">
            <UpstreamPanel />
          </Panel>
        </>
      )}
      <Panel className="tab-input">
        <InputPanel />
      </Panel>
      <Panel className="tab-kernel">
        <KernelPanel />
      </Panel>
      <Panel className="tab-geometry">
        <GeometryPanel />
        {!training && <UpstreamPanel />}
      </Panel>
    </>
  );
}
