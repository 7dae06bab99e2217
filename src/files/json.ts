// JSON of which a tensor takes a line, and in which −0 stays −0: what is read goes on to the same last bit.

const number = (value: number) => (Object.is(value, -0) ? "-0" : JSON.stringify(value));

const isPlain = (value: unknown) => typeof value !== "object" || value === null;

/** Lists of numbers, texts, pairs: what needs no line for each of its parts. */
function isShort(value: object): boolean {
  return ArrayBuffer.isView(value) || Object.values(value).every(isPlain);
}

/** The text of a value made of objects, lists, numbers, texts, booleans, null and Float64Arrays. */
export function written(value: unknown, indent = ""): string {
  if (typeof value === "number") return number(value);
  if (isPlain(value)) return JSON.stringify(value);
  if (value instanceof Float64Array) return `[${Array.from(value, number).join(",")}]`;
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const [open, close] = isList ? "[]" : "{}";
  const parts = isList
    ? value.map((one) => written(one, inner))
    : Object.entries(value as object).map(
        ([key, one]) => `${JSON.stringify(key)}: ${written(one, inner)}`,
      );
  if (parts.length === 0 || isShort(value as object)) return open + parts.join(", ") + close;
  const lines = parts.map((part) => `${inner}${part}`).join(",\n");
  return `${open}\n${lines}\n${indent}${close}`;
}
