/** A provider's name of somebody is a stranger's word: on one line, bounded, and never nothing. */
export function plainName(name: string | undefined, otherwise: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the characters that are taken out
  const line = name?.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
  return line?.trim().slice(0, 200).toWellFormed().trim() || otherwise
}
