import type { CarriedItem, CarryResult, SinkCarrier } from "@tabard/control"
import { ManualClock } from "@tabard/core"
import { targetRules } from "../../../notifications/guard-address.ts"
import type { CarrierDeps } from "../carrier-deps.ts"

/** What a carrier runs in, in tests: loopback may be reached, and a receiver has as long as a slow machine needs. */
export function carrierDeps(differs: Partial<CarrierDeps> = {}): CarrierDeps {
  return {
    clock: new ManualClock("2026-11-01T12:00:00.000Z"),
    rules: targetRules({ production: false, listed: [] }),
    exportFolder: "/nonexistent",
    host: "acme.example",
    version: "1.2.3",
    timeMs: 60_000,
    ...differs,
  }
}

/** The item at a place. */
export function item(place: number, differs: Partial<CarriedItem> = {}): CarriedItem {
  return {
    key: `acme/${place}`,
    place,
    type: "agent.adopted",
    at: new Date(Date.UTC(2026, 10, 1, 11, 0, place)),
    body: { v: 1, type: "agent.adopted", place },
    ...differs,
  }
}

/** As many items as are wanted, from a place on. */
export function items(count: number, from = 0): readonly CarriedItem[] {
  return Array.from({ length: count }, (_, at) => item(from + at))
}

/** Carries once, with all the time in the world. */
export function carry(carrier: SinkCarrier, portion: readonly CarriedItem[]): Promise<CarryResult> {
  return carrier.carry(portion, new AbortController().signal)
}

/** What comes of a portion of which nothing was refused. */
export const TAKEN: CarryResult = { kind: "taken", refused: [] }
