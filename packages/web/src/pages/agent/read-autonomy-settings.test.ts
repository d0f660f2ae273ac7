import type { FactView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { autonomySettings } from "./read-autonomy-settings.ts"

describe("the settings that say how freely an agent acts", () => {
  it("are read with their value and the file that holds them", () => {
    const setting = { setting: "approval_policy", value: "never", source: "/home/ann/.codex/config.toml" }
    expect(autonomySettings([fact([setting])])).toEqual([setting])
  })

  it("leave out what has another shape, and what does not hold", () => {
    expect(autonomySettings([fact("never"), fact([null, 3, { value: 1 }])])).toEqual([])
    expect(
      autonomySettings([{ ...fact([{ setting: "a", value: "b", source: "c" }]), effective: false }]),
    ).toEqual([])
  })
})

function fact(value: unknown): FactView {
  return { name: "autonomySettings", value, kind: "observed", source: "laptop", at: "", effective: true }
}
