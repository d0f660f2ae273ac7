/**
 * Answers digits without the zeros at their end, looking at each once: a regular expression would begin anew at each zero, and
 * a number of a hundred thousand digits would hold everybody up.
 */
export function withoutTrailingZeros(digits: string): string {
  let end = digits.length
  while (digits.charCodeAt(end - 1) === ZERO) end--
  return digits.slice(0, end)
}

const ZERO = "0".charCodeAt(0)
