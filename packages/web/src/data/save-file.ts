/** Hands a file to the browser to save. */
export function saveFile({
  name,
  type,
  parts,
}: {
  readonly name: string
  readonly type: string
  readonly parts: readonly (string | Uint8Array<ArrayBuffer>)[]
}): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
