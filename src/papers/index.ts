import {parameterSections as heavyTails} from "./heavy-tails/index.ts";
import {parameterSections as noiseGeometry} from "./noise-geometry/index.ts";
import {parameterSections as oneNoiseModel} from "./one-noise-model/index.ts";
import {parameterSections as parameterAveraging} from "./parameter-averaging/index.ts";
import {parameterSections as powerLawEscape} from "./power-law-escape/index.ts";
import {parameterSections as stochasticModifiedFlows} from "./stochastic-modified-flows/index.ts";

/** The papers reproduced, and what joins them, with the schemas of their experiments' parameters. */
export const parameterSectionsOf = {
  "power-law-escape": powerLawEscape,
  "heavy-tails": heavyTails,
  "noise-geometry": noiseGeometry,
  "parameter-averaging": parameterAveraging,
  "stochastic-modified-flows": stochasticModifiedFlows,
  "one-noise-model": oneNoiseModel
} as const;
