/**
 * Runs something once the next frame has been painted and handed on to the screen: what the picture need not wait for.
 * Asked for several times before that, it runs once.
 */
export function createAfterFrame(run: () => void): { ask: () => void; cancel: () => void } {
  // What an animation frame posts is heard when that frame has been styled, laid out and painted.
  const painted = new MessageChannel();
  let request = 0;
  let asked = false;
  painted.port1.onmessage = () => {
    if (!asked) return;
    asked = false;
    run();
  };
  return {
    ask() {
      if (asked) return;
      asked = true;
      request = requestAnimationFrame(() => painted.port2.postMessage(null));
    },
    cancel() {
      asked = false;
      cancelAnimationFrame(request);
    },
  };
}
