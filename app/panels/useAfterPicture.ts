import { useEffect, useState } from "react";

/** A value as it was when the last picture was painted: for what follows the picture and must not hold it up. */
export function useAfterPicture<Value extends object>(value: Value): Value {
  const [late, setLate] = useState(value);
  useEffect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined;
    const request = requestAnimationFrame(() => {
      pause = setTimeout(setLate, 0, value);
    });
    return () => {
      cancelAnimationFrame(request);
      clearTimeout(pause);
    };
  }, [value]);
  return late;
}
