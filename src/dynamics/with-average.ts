import {add, defineDynamics, div, equal, lessEqual, mul, sub, where} from "../kernels/index.ts";
import type {Dynamics, ParameterShapes, Real, RealLike, Shape, StateShapes, StateValues, StepContext, TableColumns} from "../kernels/index.ts";
import {requireIntegerAtLeast, unexpected} from "../numerics/index.ts";

/**
 * Which iterates Xₙ, the states after n = 1, 2, … steps, are averaged: all of
 * them, those with n ≥ `tailFrom`, or those whose n is a multiple of `everyKth`.
 */
export type AveragedIterates = "whole" | {readonly tailFrom: number} | {readonly everyKth: number};

/** A running average of one of the state's variables. */
export interface Average<Of extends string, As extends string> {
  /** The variable that is averaged. */
  readonly of: Of;
  readonly iterates: AveragedIterates;
  /** The variable that holds the average; `<of>Average` by default. */
  readonly as?: As;
}

/** A state with a variable for its average; that of every k-th iterate has one more, which counts to k. */
export type AveragedState<S extends StateShapes, Of extends keyof S & string, As extends string> = S & {readonly [K in As]: S[Of]};

/** What an average does at the step to iterate n: whether Xₙ counts, as which one, and what it has to remember. */
interface Turn {
  /** How many iterates the average is of from now on, where Xₙ counts. */
  readonly count: Real;
  readonly choose: (averaged: Real, unchanged: Real) => Real;
  readonly memory: Readonly<Record<string, Real>>;
}

function turnOf(iterates: AveragedIterates, iterate: Real, counter: string, state: Readonly<Record<string, Real>>): Turn {
  if (iterates === "whole") return {count: iterate, choose: (averaged) => averaged, memory: {}};
  if ("tailFrom" in iterates) {
    const {tailFrom} = iterates;
    return {count: sub(iterate, tailFrom - 1), choose: (averaged, unchanged) => where(lessEqual(tailFrom, iterate), averaged, unchanged), memory: {}};
  }
  const {everyKth} = iterates;
  const counted = add(state[counter]!, 1);
  const full = equal(counted, everyKth);
  return {count: div(iterate, everyKth), choose: (averaged, unchanged) => where(full, averaged, unchanged), memory: {[counter]: where(full, 0, counted)}};
}

function checkIterates(where: string, iterates: AveragedIterates): void {
  if (iterates === "whole") return;
  if (typeof iterates === "object" && iterates !== null && "tailFrom" in iterates) requireIntegerAtLeast(`${where}: tailFrom`, iterates.tailFrom, 1);
  else if (typeof iterates === "object" && iterates !== null && "everyKth" in iterates) requireIntegerAtLeast(`${where}: everyKth`, iterates.everyKth, 1);
  else throw unexpected(`${where}: iterates`, `"whole", {tailFrom} or {everyKth}`, iterates);
}

/**
 * Dynamics with a running average X̄ of one of their variables, updated in the
 * step: X̄ ← X̄ + (Xₙ − X̄)/m when Xₙ is the m-th iterate that counts. X̄ is 0
 * before the first one. The averaged dynamics draw the same numbers as those
 * without, so that X itself is the same bit for bit; averages can be added to
 * averaged dynamics.
 *
 *     const averaged = withAverage(linearSgd({samples}), {of: "weights", iterates: {tailFrom: 501}});
 *     // the state has `weights` and `weightsAverage`
 *
 * The average is rounded at every update, which after n of them adds up to
 * about √n/6 units in the last place: 2·10⁻⁵ |X̄| for n = 10⁶ in float32. Take
 * float64 for longer averages.
 * @throws RangeError for a variable that is none, a name that is taken, or
 * iterates that are no positive integer.
 */
export function withAverage<P extends ParameterShapes, S extends StateShapes, T extends TableColumns, const Of extends keyof S & string, const As extends string = `${Of}Average`>(dynamics: Dynamics<P, S, T>, {of, iterates, as}: Average<Of, As>): Dynamics<P, AveragedState<S, Of, As>, T> {
  const {name, state, definition: {start, step}} = dynamics;
  const average = as ?? `${of}Average`;
  const counter = `${average}Counter`;
  const place = `${name}: average of ${of}`;
  if (!(of in state)) throw unexpected(`${name}: average: of`, `one of ${Object.keys(state).join(", ")}`, of);
  checkIterates(place, iterates);
  const memory: StateShapes = typeof iterates === "object" && "everyKth" in iterates ? {[counter]: []} : {};
  const added: Readonly<Record<string, Shape>> = {[average]: state[of], ...memory};
  const taken = Object.keys(added).find((key) => key in state);
  if (taken !== undefined) throw unexpected(`${place}: as`, `a name that the state has not, found ${taken} there and`, average);
  type Averaged = AveragedState<S, Of, As>;
  return defineDynamics<P, Averaged, T>({
    name,
    parameters: dynamics.parameters,
    tables: dynamics.tables,
    state: {...state, ...added} as unknown as Averaged,
    ...(start === undefined ? {} : {start: (context) => start(context) as {readonly [K in keyof Averaged]?: RealLike}}),
    step: (values, context) => {
      const own = Object.fromEntries(Object.keys(state).map((key) => [key, values[key as keyof Averaged]])) as StateValues<S>;
      const next: Readonly<Record<string, RealLike>> = step(own, context as StepContext<P, T>);
      const all = values as unknown as Readonly<Record<string, Real>>;
      const turn = turnOf(iterates, add(context.step, 1), counter, all);
      const before = all[average]!;
      const averaged = add(before, mul(div(1, turn.count), sub(next[of]!, before)));
      return {...next, [average]: turn.choose(averaged, before), ...turn.memory} as unknown as {readonly [K in keyof Averaged]: RealLike};
    }
  });
}
