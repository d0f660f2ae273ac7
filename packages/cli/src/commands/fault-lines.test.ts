import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { faultLines } from "./fault-lines.ts"

describe("the operator's lines about faults", () => {
  it("tell a fault that goes on at once, and then once a minute with how often it came", () => {
    const { tell, lines, pass } = watched()
    for (let second = 0; second < 61; second++) {
      tell(new TypeError("the disk is full"))
      pass(1000)
    }
    assert.deepEqual(lines, [
      "fault: TypeError: the disk is full\n",
      "fault: TypeError: the disk is full (59 times more since it was told)\n",
    ])
  })

  it("hold back no other fault meanwhile", () => {
    const { tell, lines } = watched()
    for (const words of ["one", "two", "one"]) tell(new Error(words))
    assert.deepEqual(lines, ["fault: Error: one\n", "fault: Error: two\n"])
  })

  it("hold back nothing where the clock was put back", () => {
    const { tell, lines, pass } = watched()
    tell("gone")
    pass(-3_600_000)
    tell("gone")
    assert.equal(lines.length, 2)
  })

  it("remember a bounded number of faults", () => {
    const { tell, lines } = watched()
    for (let number = 0; number <= 100; number++) tell(`fault ${number}`)
    tell("fault 0")
    assert.equal(lines.length, 102)
  })

  it("stay one line each, whatever a stranger's words hold", () => {
    const { tell, lines } = watched()
    tell(new Error("x\n\u001B[2J"))
    assert.deepEqual(lines, ["fault: Error: x  [2J\n"])
  })
})

function watched() {
  let at = Date.parse("2026-03-01T12:00:00Z")
  const lines: string[] = []
  const tell = faultLines({ now: () => new Date(at) }, (line) => lines.push(line))
  return { tell, lines, pass: (ms: number) => void (at += ms) }
}
