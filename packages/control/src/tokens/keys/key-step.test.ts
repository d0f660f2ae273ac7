import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type KeyStep, keyStep, type SigningKeyTimes } from "./key-step.ts"

const DAY = 24 * 60
const START = Date.UTC(2026, 0, 1)

describe("the rotation of the key that signs tokens", () => {
  const cases: readonly (readonly [title: string, minute: number, times: Minutes, step: KeyStep])[] = [
    ["waits while the key is young", 29 * DAY, {}, "wait"],
    ["makes the next one when the key's days are over", 30 * DAY, {}, "make"],
    ["publishes the next one for a day before it signs", 30 * DAY + DAY - 1, { next: 30 * DAY }, "wait"],
    ["has it sign then", 31 * DAY, { next: 30 * DAY }, "sign"],
    ["makes one at once for whoever asks", 10, { asked: 9 }, "make"],
    ["has that one sign once no cache lacks it", 15, { asked: 9, next: 10 }, "sign"],
    ["and not before", 14, { asked: 9, next: 10 }, "wait"],
    ["hears of a wish once: the key is younger than it", 40, { asked: -5 }, "wait"],
    ["hurries a key that waits for its day", 30 * DAY + 10, { next: 30 * DAY, asked: 30 * DAY + 5 }, "sign"],
  ]
  for (const [title, minute, times, step] of cases) {
    it(title, () => assert.equal(keyStep(timesOf(times), at(minute)), step))
  }
})

interface Minutes {
  readonly next?: number
  readonly asked?: number
}

function timesOf({ next, asked }: Minutes): SigningKeyTimes {
  return {
    signing: at(0),
    next: next === undefined ? null : at(next),
    askedAt: asked === undefined ? null : at(asked),
    days: 30,
  }
}

function at(minute: number): Date {
  return new Date(START + minute * 60_000)
}
