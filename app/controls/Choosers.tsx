import "./controls.css";
import { useFigure, useFigureStore } from "../store/context.ts";
import { Chooser } from "./Chooser.tsx";
import {
  channelsOfFilter,
  goToPlane,
  sampleOf,
  useCanMove,
  useChannel,
  useFilter,
} from "./place.ts";

/** The line above the figure: which sample, filter and channel it shows, where there are several. */
export function Choosers() {
  const store = useFigureStore();
  const [N, F] = [
    useFigure((state) => state.document.input.tensor.shape[0]!),
    useFigure((state) => state.document.kernel.tensor.shape[0]!),
  ];
  const first = useFigure((state) => channelsOfFilter(state).first);
  const depth = useFigure((state) => channelsOfFilter(state).depth);
  const sample = useFigure(sampleOf);
  const filter = useFilter();
  const channel = useChannel();
  const moves = useCanMove();
  if (depth < 2 && (!moves || (N < 2 && F < 2))) return null;
  return (
    <div className="choosers">
      {moves && (
        <>
          <Chooser
            label="Sample"
            letter="n"
            count={N}
            value={sample}
            onChoose={(n) => goToPlane(store, { n })}
          />
          <Chooser
            label="Filter"
            letter="f"
            count={F}
            value={filter}
            onChoose={(f) => goToPlane(store, { f })}
          />
        </>
      )}
      <Chooser
        label="Channel"
        letter="c"
        first={first}
        count={depth}
        value={channel}
        onChoose={(next) => store.setState({ channel: next })}
      />
    </div>
  );
}
