import { useRef } from "react";
import { useFigure, useFigureStore } from "../store/context.ts";

/** What went wrong and what to do about it, until it is put away. */
export function Notices() {
  const store = useFigureStore();
  const notices = useFigure((state) => state.notices);
  const refusal = useFigure((state) => state.refusal);
  const failure = useFigure((state) => state.failure);
  const engine = useFigure((state) => state.engine);
  const { dismiss, dismissRefusal, retry } = store.getState();
  const box = useRef<HTMLDivElement>(null);
  /** A button that goes with its notice leaves the focus to the others. */
  const leaving = (act: () => void) => () => {
    box.current!.focus();
    act();
  };
  return (
    <div className="notices" role="alert" ref={box} tabIndex={-1}>
      {refusal && (
        <p className="notice problem-notice">
          <span>
            <b>{refusal.field}</b>: {refusal.reason}. Accepted: {refusal.accepted}. The last
            possible picture stands.
          </span>
          <button type="button" className="button" onClick={leaving(dismissRefusal)}>
            Back to what worked
          </button>
        </p>
      )}
      {failure && (
        <p className="notice problem-notice">
          <span>{failure}</span>
          <button type="button" className="button" onClick={leaving(retry)}>
            Try again
          </button>
        </p>
      )}
      {engine === "restarting" && (
        <p className="notice">The engine stopped and is being started again; nothing is lost.</p>
      )}
      {notices.map(({ id, text, tone }) => (
        <p key={id} className={tone === "problem" ? "notice problem-notice" : "notice"}>
          <span>{text}</span>
          <button
            type="button"
            className="button"
            aria-label={`Put away: ${text}`}
            onClick={leaving(() => dismiss(id))}
          >
            Put away
          </button>
        </p>
      ))}
    </div>
  );
}
