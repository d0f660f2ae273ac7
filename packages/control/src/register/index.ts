export { csvText } from "./csv-text.ts"
export { type ExportedRegister, exportRegister } from "./export-register.ts"
export { type ImportedRegister, importRegister } from "./import-register.ts"
