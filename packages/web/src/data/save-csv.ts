import { saveFile } from "./save-file.ts"

/** Hands a file of comma-separated values to the browser to save. */
export function saveCsv({ filename, csv }: { readonly filename: string; readonly csv: string }): void {
  saveFile({ name: filename, type: "text/csv", parts: [csv] })
}
