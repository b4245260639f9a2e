export {describeProject, experimentName, importDefinition} from "./describe-project.ts";
export {errorText} from "./error-text.ts";
export {codeFingerprint, projectFingerprint} from "./fingerprint.ts";
export type {SourceRecord} from "./source-records.ts";
export {cellKey, rangeText, rowsKey, tableKey} from "./table-description.ts";
export type {CellBasis, CellDescription, CellIngredients, FailedDescription, InputContents, ProjectDescription, TableDescription} from "./table-description.ts";
