import {parameterSections as powerLawEscape} from "./power-law-escape/index.ts";

/** The papers reproduced, with the schemas of their experiments' parameters. */
export const parameterSectionsOf = {"power-law-escape": powerLawEscape} as const;
