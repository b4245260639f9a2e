import {parameterSections as heavyTails} from "./heavy-tails/index.ts";
import {parameterSections as noiseGeometry} from "./noise-geometry/index.ts";
import {parameterSections as oneNoiseModel} from "./one-noise-model/index.ts";
import {parameterSections as powerLawEscape} from "./power-law-escape/index.ts";

/** The papers reproduced, and what joins them, with the schemas of their experiments' parameters. */
export const parameterSectionsOf = {
  "power-law-escape": powerLawEscape,
  "heavy-tails": heavyTails,
  "noise-geometry": noiseGeometry,
  "one-noise-model": oneNoiseModel
} as const;
