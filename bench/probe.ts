/** One input and what became of it, in milliseconds of the page's own clock. */
export interface Sample {
  /** The browser received the key or the move (event.timeStamp). */
  readonly input: number;
  /** Its first listener ran. */
  readonly handled: number;
  /** The new picture was painted: in the task of the animation frame that then hands it on to the screen. */
  readonly painted: number;
}

export interface Probe {
  /** Starts to sample events of a type: all of them, or those of one key. */
  readonly watch: (wanted: Wanted) => void;
  /** Waits until the last input has its picture; false: it has none after some seconds. */
  readonly settle: () => Promise<boolean>;
  /** The samples since `watch` or `clear`. */
  readonly take: () => Sample[];
  readonly clear: () => void;
  /** When the first picture was painted. */
  readonly first: Promise<number>;
  /** The lengths of the screen's next frames. */
  readonly frames: (count: number) => Promise<number[]>;
}

export interface Wanted {
  readonly type: "keydown" | "pointermove" | "wheel";
  readonly key?: string;
  /** The picture needs the engine: the first frame after its answer counts. */
  readonly asks?: boolean;
  /** The picture is no canvas: the next frame counts. */
  readonly anywhere?: boolean;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Runs in the page before anything of it does; it stands alone, for it is sent there as text. */
export function installProbe(): void {
  const PATIENCE = 5000;
  let wanted: Wanted | null = null;
  let samples: Sample[] = [];
  /** An input without its picture; `told`: all that the picture needs is there. */
  let open: { input: number; handled: number; told: boolean } | null = null;
  let settled = () => {};
  let firstPainted = (_at: number) => {};
  /** The first picture is. */
  let awaited = true;

  // What is painted outside of a frame is not a picture yet.
  let inFrame = false;
  const { requestAnimationFrame: request } = window;
  window.requestAnimationFrame = (run) =>
    request((now) => {
      inFrame = true;
      try {
        run(now);
      } finally {
        inFrame = false;
      }
    });

  // A canvas that is painted anew is cleared first.
  const clearRect = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    if (inFrame && (awaited || open?.told)) drawn(performance.now());
    clearRect.apply(this, place);
  };

  function drawn(painted: number): void {
    firstPainted(painted);
    awaited = false;
    if (!open?.told) return;
    const { input, handled } = open;
    samples.push({ input, handled, painted });
    open = null;
    settled();
  }

  // The engine is the page's only worker. Heard before the page hears it.
  const { Worker: Plain } = window;
  window.Worker = class extends Plain {
    constructor(...about: ConstructorParameters<typeof Plain>) {
      super(...about);
      this.addEventListener("message", () => {
        if (open) open.told = true;
      });
    }
  };
  const listen = (event: Event) => {
    if (!wanted || open) return;
    if (wanted.key !== undefined && (event as KeyboardEvent).key !== wanted.key) return;
    const handled = performance.now();
    open = { input: event.timeStamp, handled, told: !wanted.asks };
    if (wanted.anywhere) requestAnimationFrame(() => drawn(performance.now()));
  };
  for (const type of ["keydown", "pointermove", "wheel"] as const)
    addEventListener(type, (event) => wanted?.type === type && listen(event), {
      capture: true,
      passive: true,
    });

  window.probe = {
    watch(next) {
      wanted = next;
      samples = [];
      open = null;
    },
    settle: () =>
      new Promise((resolve) => {
        if (!open) return resolve(true);
        const late = setTimeout(() => resolve(false), PATIENCE);
        settled = () => {
          clearTimeout(late);
          resolve(true);
        };
      }),
    take: () => samples,
    clear() {
      samples = [];
    },
    first: new Promise((resolve) => {
      firstPainted = resolve;
    }),
    frames: (count) =>
      new Promise((resolve) => {
        const times: number[] = [];
        const next = (now: number) => {
          times.push(now);
          if (times.length <= count) requestAnimationFrame(next);
          else resolve(times.slice(1).map((time, i) => time - times[i]!));
        };
        requestAnimationFrame(next);
      }),
  };
}
