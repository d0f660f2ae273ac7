import { randomInt } from "node:crypto"

/** Consonants without those that look alike: no word comes of them (RFC 8628 §6.1). */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
const LENGTH = 8

/** Makes a code that a person types: 34 bits, which ten minutes and a bound on guesses keep out of reach. */
export function newUserCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)] ?? "")
  return `${letters.slice(0, LENGTH / 2).join("")}-${letters.slice(LENGTH / 2).join("")}`
}

/** Answers a code as it is compared: however a person wrote it. */
export function plainUserCode(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z]/g, "")
}
