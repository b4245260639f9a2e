import type {DataSetName} from "../finite-data-sets.ts";

/** The data sets of E2.4 as titles name them. */
export const dataSetWords: Readonly<Record<DataSetName, string>> = {stream: "Gaussian stream", plane: "points in the plane", digits: "digits"};
