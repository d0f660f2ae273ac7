import { randomBytes } from "node:crypto"
import { crc32 } from "node:zlib"

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
const PREFIX = "tbd_"

/** How much of it is random: forty of 62 letters are 238 bits. */
const RANDOM_LETTERS = 40
const SUM_LETTERS = 6

/** Makes the text of a token: a prefix that scanners know it by, what nobody can guess, and a checksum over both. */
export function newTokenText(): string {
  const body = `${PREFIX}${randomLetters()}`
  return `${body}${checksum(body)}`
}

/** Answers whether a text is spelt as a token of ours; one that was mistyped or made up is known without asking the store. */
export function isTokenText(text: string): boolean {
  if (text.length !== PREFIX.length + RANDOM_LETTERS + SUM_LETTERS || !text.startsWith(PREFIX)) return false
  const body = text.slice(0, -SUM_LETTERS)
  return /^[0-9A-Za-z]+$/.test(body.slice(PREFIX.length)) && text.endsWith(checksum(body))
}

function randomLetters(): string {
  let letters = ""
  while (letters.length < RANDOM_LETTERS) {
    // 248 is the largest multiple of 62 in a byte: what is above would make some letters likelier.
    for (const byte of randomBytes(RANDOM_LETTERS)) if (byte < 248) letters += LETTERS[byte % LETTERS.length]
  }
  return letters.slice(0, RANDOM_LETTERS)
}

function checksum(body: string): string {
  let rest = crc32(body)
  let letters = ""
  for (let place = 0; place < SUM_LETTERS; place++) {
    letters = `${LETTERS[rest % LETTERS.length]}${letters}`
    rest = Math.floor(rest / LETTERS.length)
  }
  return letters
}
