/** Numbers from which on it is worth it: fewer are there within a millisecond. */
const MANY = 2 ** 18;
/** Numbers of one page of memory, which the system gives with the first writing into it. */
const PAGE = 1024;

/**
 * Arrays for what is given away, each made ready when the one before has been taken, and after the task that took it:
 * to be the first to write into millions of numbers takes a program as long as to compute them.
 */
export function createSpare(): (length: number) => Float32Array<ArrayBuffer> {
  let spare: Float32Array<ArrayBuffer> | null = null;
  return (length) => {
    const taken = spare?.length === length ? spare : new Float32Array(length);
    spare = null;
    if (length >= MANY)
      setTimeout(() => {
        spare = new Float32Array(length);
        for (let i = 0; i < length; i += PAGE) spare[i] = 0;
      });
    return taken;
  };
}
