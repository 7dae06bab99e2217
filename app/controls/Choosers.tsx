import "./choosers.css";
import { useFigure, useFigureStore } from "../store/context.ts";
import { Chooser } from "./Chooser.tsx";
import {
  chooseChannel,
  chooseFilter,
  goToPlane,
  sampleOf,
  useCanMove,
  useChannel,
  useChannels,
  useFilter,
  useFilters,
} from "./place.ts";

/** The line above the figure: which sample, filter and channel it shows, where there are several. */
export function Choosers() {
  const store = useFigureStore();
  const N = useFigure((state) => state.document.input.tensor.shape[0]!);
  const filters = useFilters();
  const channels = useChannels();
  const sample = useFigure(sampleOf);
  const filter = useFilter();
  const channel = useChannel();
  const moves = useCanMove();
  if (channels.count < 2 && (!moves || (N < 2 && filters.count < 2))) return null;
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
            {...filters}
            value={filter}
            onChoose={(f) => chooseFilter(store, f)}
          />
        </>
      )}
      <Chooser
        label="Channel"
        letter="c"
        {...channels}
        value={channel}
        onChoose={(next) => chooseChannel(store, next)}
      />
    </div>
  );
}
