import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { readTraceparent } from "./trace-parent.ts"

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
const SPAN = "00f067aa0ba902b7"

describe("a traceparent", () => {
  it("names the trace and the span that led here", () => {
    assert.deepEqual(readTraceparent(`00-${TRACE}-${SPAN}-01`), { traceId: TRACE, spanId: SPAN })
  })

  it("of a later version is read as far as it is known", () => {
    assert.deepEqual(readTraceparent(`01-${TRACE}-${SPAN}-01-more`), { traceId: TRACE, spanId: SPAN })
  })

  for (const [why, text] of [
    ["is missing", undefined],
    ["is no text", 7],
    ["is of version ff", `ff-${TRACE}-${SPAN}-01`],
    ["says more than version 00 does", `00-${TRACE}-${SPAN}-01-more`],
    ["is written large", `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ["names no trace", `00-${"0".repeat(32)}-${SPAN}-01`],
    ["names no span", `00-${TRACE}-${"0".repeat(16)}-01`],
    ["is too short", `00-${TRACE.slice(1)}-${SPAN}-01`],
    ["ends in a line", `00-${TRACE}-${SPAN}-01\n`],
    ["holds what steers a screen", `00-${TRACE}-${SPAN}-\u001b1`],
  ] as const)
    it(`is none where it ${why}`, () => assert.equal(readTraceparent(text), undefined))
})
