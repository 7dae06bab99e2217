import { Panel } from "../store/context.ts";
import { GeometryPanel } from "./GeometryPanel.tsx";
import { InputPanel } from "./InputPanel.tsx";
import { KernelPanel } from "./KernelPanel.tsx";
import { UpstreamPanel } from "./UpstreamPanel.tsx";
import { useIntake } from "./useIntake.ts";

/** All that a person sets: the left column, or the middle tabs of a phone. Fetched after the first picture. */
export function Settings() {
  useIntake();
  return (
    <>
      <Panel className="tab-input">
        <InputPanel />
      </Panel>
      <Panel className="tab-kernel">
        <KernelPanel />
      </Panel>
      <Panel className="tab-geometry">
        <GeometryPanel />
        <UpstreamPanel />
      </Panel>
    </>
  );
}
