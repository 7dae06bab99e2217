// Why a question to the engine got no answer, when it was no fault of the question.

/** No failure: nobody wants this answer any more. */
export class Superseded extends Error {
  constructor() {
    super("A newer question took the place of this one.");
    this.name = "Superseded";
  }
}

const STOPPED = {
  missing:
    "The engine's script could not be loaded, twice; check the connection, then reload the page.",
  crash: "The engine crashed twice on this question; smaller sizes may work.",
  hang: "The engine gave no answer in time, twice; smaller sizes may work.",
  disposed: "The engine of this figure has been closed.",
} as const;

/** The worker could not be made to answer. `detail` is what the browser said, if anything. */
export class EngineStopped extends Error {
  readonly reason: keyof typeof STOPPED;
  readonly detail: string;
  constructor(reason: keyof typeof STOPPED, detail = "") {
    super(STOPPED[reason]);
    this.name = "EngineStopped";
    this.reason = reason;
    this.detail = detail;
  }
}
