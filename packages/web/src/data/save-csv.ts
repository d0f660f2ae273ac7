/** Hands a file of comma-separated values to the browser to save. */
export function saveCsv({ filename, csv }: { readonly filename: string; readonly csv: string }): void {
  const address = URL.createObjectURL(new Blob([csv], { type: "text/csv" }))
  const link = document.createElement("a")
  link.href = address
  link.download = filename
  link.click()
  URL.revokeObjectURL(address)
}
