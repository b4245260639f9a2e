export {evenOddRegression} from "./even-odd-regression.ts";
export {labelImages} from "./label-images.ts";
export type {Images, LabelledImages} from "./labelled-images.ts";
export {MalformedDataError} from "./malformed-data-error.ts";
export {parseDigits} from "./parse-digits.ts";
export {parseIdxImages, parseIdxLabels} from "./parse-idx.ts";
export {firstSamples} from "./regression-data.ts";
export type {RegressionData} from "./regression-data.ts";
