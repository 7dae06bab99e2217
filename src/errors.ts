/**
 * The one way this engine says no.
 * `field` names what was wrong in the words of the interface (`stride`, `padding.top`, `W`), `reason` says
 * what is wrong with it, `accepted` what would be taken instead. `message` is the three as one sentence.
 */
export class ConvError extends Error {
  readonly field: string;
  readonly reason: string;
  readonly accepted: string;

  constructor(field: string, reason: string, accepted: string) {
    super(`${field}: ${reason}; accepted: ${accepted}.`);
    this.name = "ConvError";
    this.field = field;
    this.reason = reason;
    this.accepted = accepted;
  }
}

/** How a value that was refused is named in a sentence: short, and never "[object Object]". */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return `“${value.length > 24 ? `${value.slice(0, 24)}…` : value}”`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** A key of `table`, or a refusal that lists the keys. Own keys only: "constructor" is not a pad mode. */
export function keyOf<Key extends string>(
  field: string,
  table: Readonly<Record<Key, unknown>>,
  value: unknown,
): Key {
  if (typeof value === "string" && Object.hasOwn(table, value)) return value as Key;
  throw new ConvError(field, `${shown(value)} is not known`, Object.keys(table).join(", "));
}
