import type {Lane, LaneBuilder, LaneVariable} from "../lane-builder.ts";
import type {Scalar} from "../lane-program.ts";
import type {ParameterShape} from "../value.ts";
import type {LaneGenerator} from "./generator.ts";
import type {Stored} from "./stored.ts";

/** A bound table: byte address, and rows and bytes of a row in every lane. */
export interface LoweredTable {
  readonly address: Scalar;
  readonly rows: Lane;
  readonly rowBytes: Lane;
  /** The shuffled rows of each replica, where they are drawn without replacement. */
  readonly passes?: {nextRow(word: Lane): Lane};
}

/** What the code of a region is written into and reads from. */
export interface Environment {
  readonly builder: LaneBuilder;
  readonly generator: LaneGenerator;
  /** Address of new memory for `count` lane values. */
  readonly scratch: (count: number) => Scalar;
  /** Address of a parameter's first real, and its shape. */
  readonly parameter: (name: string) => {readonly address: Scalar; readonly shape: ParameterShape};
  /** Vector parameters too long for registers, spread over the lanes. */
  readonly spread: ReadonlyMap<string, Stored>;
  readonly table: (name: string) => LoweredTable;
  readonly state: (name: string) => Stored;
  /** The number of steps, as a real. */
  readonly step: () => Lane;
  /** Where a normal number is kept from an even step to the next, and the scalar that is 0 in even steps. */
  readonly kept?: {readonly normal: LaneVariable; readonly isOdd: Scalar};
}
