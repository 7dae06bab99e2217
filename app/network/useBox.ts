import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** The size of an element in pixels, as it comes out: what is drawn in it need not be stretched. */
export function useBox<E extends Element>(): readonly [
  ref: RefObject<E | null>,
  box: { readonly width: number; readonly height: number },
] {
  const ref = useRef<E>(null);
  const [box, setBox] = useState({ width: 300, height: 140 });
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setBox((was) => (was.width === width && was.height === height ? was : { width, height }));
    });
    watch.observe(ref.current!);
    return () => watch.disconnect();
  }, []);
  return [ref, box];
}
