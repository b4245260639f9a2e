import {normalPair} from "../functions/index.ts";
import {nextWord, seedReplica} from "../generators/index.ts";
import type {XoshiroState} from "../generators/index.ts";
import type {Lane, LaneBuilder, LaneVariable} from "../lane-builder.ts";


/** The generators of the lanes. Between blocks of code their state is in variables. */
export interface LaneGenerator {
  /** The next uniform word of every lane. */
  word(): Lane;
  /** The next two normal numbers of every lane. */
  pair(): readonly [Lane, Lane];
  /** Writes the state to the variables, before a nested block or the end of one. */
  save(): void;
  /** Seeds the lanes for which `mask` holds, or all of them. */
  seed(replica: Lane, mask?: Lane): void;
  /** Runs `draws` so that only lanes for which `mask` holds advance. */
  advancing(mask: Lane, draws: () => void): void;
}

/** The generators of all lanes, keyed by two uint32 in `key`. */
export function laneGenerator(builder: LaneBuilder, key: readonly [Lane, Lane]): LaneGenerator {
  const variables: readonly LaneVariable[] = Array.from({length: 4}, () => builder.variable("word"));
  let state: readonly Lane[] | undefined;
  let advanced = false;
  const current = () => (state ??= variables.map((variable) => builder.read(variable)));
  const word = () => {
    const next = nextWord(builder, current() as XoshiroState<Lane>);
    state = next.state;
    advanced = true;
    return next.output;
  };
  const save = () => {
    if (state !== undefined && advanced) builder.set(...variables.map((variable, i) => [variable, state![i]!] as const));
    state = undefined;
    advanced = false;
  };
  const merge = (mask: Lane, otherwise: readonly Lane[]) => {
    state = current().map((node, i) => builder.selectWord(mask, node, otherwise[i]!));
    advanced = true;
    save();
  };
  return {
    word,
    pair() {
      const first = word();
      return normalPair(builder, first, word());
    },
    save,
    seed(replica, mask) {
      const before = mask === undefined ? undefined : current();
      state = seedReplica(builder, key, replica);
      advanced = true;
      if (mask === undefined) save();
      else merge(mask, before!);
    },
    advancing(mask, draws) {
      save();
      const before = current();
      draws();
      merge(mask, before);
    }
  };
}
