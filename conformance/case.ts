/** A tensor as the files hold it: row-major, last axis fastest. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** One recorded case: a computation with its numbers, or (with `mustRefuse` or `outShape`) a question of legality. */
export interface Case {
  readonly id?: string;
  readonly name?: string;
  readonly op: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, Numbers>>;
  readonly outputs?: Readonly<Record<string, Numbers>>;
  readonly tolerance?: Readonly<Record<string, number>>;
  readonly tensors?: Readonly<Record<string, Partial<Numbers>>>;
  readonly mustRefuse?: boolean;
  readonly outShape?: readonly number[];
}
