/** A whole number that a preset takes after its name (`digit:7`). */
export interface Argument {
  readonly meaning: string;
  readonly initial: number;
  readonly least: number;
  readonly most: number;
}
