import { EvaluationError } from "../evaluation-error.ts"
import { type Long, longOf } from "../long.ts"

const FORM = /^(-?)(\d+)\.(\d+)$/
const PLACES = 4

/** A number with four places, held as that many ten-thousandths. */
export class CedarDecimal {
  readonly typeName = "decimal"
  readonly scaled: Long

  constructor(scaled: Long) {
    this.scaled = scaled
  }

  get key(): string {
    return `\0d${this.scaled}`
  }
}

/** Reads a decimal: digits on both sides of the point, at most four behind it. */
export function parseDecimal(text: string): CedarDecimal {
  const [whole, sign = "", integer = "", fraction = ""] = FORM.exec(text) ?? []
  if (whole === undefined || fraction.length > PLACES)
    throw new EvaluationError(`${JSON.stringify(text)} is no decimal`)
  const scaled = longOf(BigInt(`${integer}${fraction.padEnd(PLACES, "0")}`) * (sign ? -1n : 1n))
  if (scaled === undefined) throw new EvaluationError(`the decimal ${text} overflows`)
  return new CedarDecimal(scaled)
}
