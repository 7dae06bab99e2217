import { useRef } from "react";
import { useStore } from "zustand";
import type { Kind } from "../store/network/files.ts";
import { useLearner } from "./use.ts";

interface OpenFilesProps {
  readonly kind: Kind;
  readonly label: string;
  /** What a browser offers first. */
  readonly accept: string;
  readonly multiple?: boolean;
  /** What is called as the field is, for those who cannot see where it stands. */
  readonly name: string;
}

/** A button that has files chosen and opens them. */
export function OpenFiles({ kind, label, accept, multiple = false, name }: OpenFilesProps) {
  const { files } = useLearner();
  const input = useRef<HTMLInputElement>(null);
  const open = (chosen: FileList | null) => {
    void files.open([...(chosen ?? [])], kind);
    input.current!.value = ""; // the same file may be chosen again
  };
  return (
    <>
      <button type="button" className="button" onClick={() => input.current!.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        {...{ accept, multiple }}
        aria-label={name}
        onChange={(event) => open(event.target.files)}
      />
    </>
  );
}

/** What became of the files of a kind that were opened last. */
export function Outcome({ kind }: { readonly kind: Kind }) {
  const { files } = useLearner();
  const outcome = useStore(files.state, (state) => state[kind]);
  const says = outcome?.is === "reading" ? "The file is being read." : outcome?.sentence;
  const refused = outcome?.is === "refused";
  return (
    <>
      <p className="hint" role="status">
        {refused ? "" : says}
      </p>
      {refused && (
        <p className="problem" role="alert">
          {says} All is as it was.
        </p>
      )}
    </>
  );
}
