/** Numbers from which on it is worth it: fewer are there within a millisecond. */
const MANY = 2 ** 18;
/** Numbers of one page of memory, which the system gives with the first writing into it. */
const PAGE = 1024;

/**
 * So long after an answer it is made: the page is painting that answer until then, and memory that is taken by one thread
 * of a program holds up all others.
 */
const LATER_MS = 100;

/**
 * Arrays for what is given away, each made ready some time after the one before has been taken: to be the first to
 * write into millions of numbers takes a program as long as to compute them.
 */
export function createSpare(): (length: number) => Float32Array<ArrayBuffer> {
  let spare: Float32Array<ArrayBuffer> | null = null;
  let making: ReturnType<typeof setTimeout> | undefined;
  return (length) => {
    clearTimeout(making);
    const taken = spare?.length === length ? spare : new Float32Array(length);
    spare = null;
    if (length >= MANY)
      making = setTimeout(() => {
        spare = new Float32Array(length);
        for (let i = 0; i < length; i += PAGE) spare[i] = 0;
      }, LATER_MS);
    return taken;
  };
}
