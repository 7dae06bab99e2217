import { type ReactNode, useContext, useLayoutEffect, useState } from "react";
import { TurnContext, TurnsContext } from "./use.ts";

/** A part of the page that is drawn in its turn while the run goes, and with all others when it stands. */
export function Turn({ children }: { readonly children: ReactNode }) {
  const part = useState(useContext(TurnsContext)!)[0];
  useLayoutEffect(() => part.join(), [part]);
  return <TurnContext value={part.state}>{children}</TurnContext>;
}
