/** On one line, with one @: what stands behind it can be compared with a domain. */
// oxlint-disable-next-line no-control-regex -- these are the characters that are refused
const ADDRESS = /^[^\s@\u0000-\u001f\u007f]{1,64}@[^\s@\u0000-\u001f\u007f]{1,189}$/

/** Answers whether a text is spelt as an email address; it says nothing of whether anybody reads it. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text)
}
