import { expect, it } from "vitest"
import { sourceStanding, streamStanding } from "./signal-standing.ts"

const STREAM = { status: "enabled", method: "push", failures: 0, waiting: 0, deliveredAt: null } as const

it("says of a stream what a person has to know first: that it rests, that it fails, that something waits", () => {
  const said = (differs: Partial<Parameters<typeof streamStanding>[0]>) =>
    streamStanding({ ...STREAM, ...differs }).words
  expect(said({})).toBe("Nothing told yet")
  expect(said({ deliveredAt: "2026-11-01T12:00:00.000Z" })).toBe("Up to date")
  expect(said({ waiting: 2 })).toBe("Delivering")
  expect(said({ waiting: 2, method: "poll" })).toBe("Waits to be fetched")
  expect(said({ waiting: 2, failures: 1 })).toBe("Trying again")
  expect(said({ status: "paused", failures: 1 })).toBe("Paused")
  expect(said({ status: "disabled", waiting: 1 })).toBe("Disabled")
})

it("says of a source whether it is heard", () => {
  const known = { state: "running", failures: 0, receivedAt: null } as const
  expect(sourceStanding(known).words).toBe("Nothing heard yet")
  expect(sourceStanding({ ...known, failures: 3 }).words).toBe("Does not answer")
  expect(sourceStanding({ ...known, receivedAt: "2026-11-01T12:00:00.000Z" }).words).toBe("Heard")
  expect(sourceStanding({ ...known, state: "paused", failures: 3 }).words).toBe("Paused")
})
