import { ConvError, shown } from "../errors.ts";

// What was read from a file is any value at all. These say where it is not what it should be.

/** An object with these keys, no fewer and no more. */
export function strictObject<Key extends string>(
  field: string,
  value: unknown,
  keys: readonly Key[],
): Readonly<Record<Key, unknown>> {
  const accepted = `an object with ${keys.join(", ")}`;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ConvError(field, `${shown(value)} is none`, accepted);
  const missing = keys.find((key) => !Object.hasOwn(value, key));
  if (missing) throw new ConvError(field, `has no ${missing}`, accepted);
  const further = Object.keys(value).find((key) => !(keys as readonly string[]).includes(key));
  if (further !== undefined) throw new ConvError(field, `has ${shown(further)} besides`, accepted);
  return value as Record<Key, unknown>;
}

/** A list of `length` entries, or of any length up to `most`. */
export function strictList(
  field: string,
  value: unknown,
  [least, most]: readonly [number, number],
): readonly unknown[] {
  if (Array.isArray(value) && value.length >= least && value.length <= most) return value;
  const accepted = least === most ? `a list of ${least}` : `a list of ${least} to ${most}`;
  throw new ConvError(field, `${shown(value)} does not fit`, accepted);
}

/** So many finite numbers. */
export function strictNumbers(field: string, value: unknown, length: number): Float64Array {
  const list = strictList(field, value, [length, length]);
  const numbers = new Float64Array(length);
  for (const [i, number] of list.entries()) {
    if (typeof number !== "number" || !Number.isFinite(number))
      throw new ConvError(`${field}[${i}]`, `${shown(number)} is none`, "a finite number");
    numbers[i] = number;
  }
  return numbers;
}

export function strictText(field: string, value: unknown, most: number): string {
  if (typeof value === "string" && value.length <= most) return value;
  throw new ConvError(field, `${shown(value)} is none`, `a text of up to ${most} letters`);
}
