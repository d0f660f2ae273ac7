import type { EventProofView } from "@tabard/api"
import {
  emptyLog,
  formatProof,
  formatVerifierKey,
  integrate,
  memoryTileStore,
  proveInclusion,
  publish,
  tileHashReader,
} from "@tabard/log"
import { ed25519Signer, sha256 } from "@tabard/log/node"
import { describe, expect, it, vi } from "vitest"
import { keepKey, keptKey } from "./kept-key.ts"
import { type VerificationStep, type Verifying, verifyEvent } from "./verify-event.ts"

const SIGNER = ed25519Signer("audit.acme.example/acme/1", new Uint8Array(32).fill(7))
const STRANGER = ed25519Signer("audit.acme.example/acme/1", new Uint8Array(32).fill(8))
const SHOWN = { type: "agent.retired", data: { reason: "it is over" }, id: "evt_3" }

describe("verifying an event in the browser", () => {
  it("goes from the shown event over its bytes, the signature and the hashes to the signed root", async () => {
    const steps = await verified({})
    expect(steps.map(({ ok }) => ok)).toEqual([true, true, true, true])
    expect(steps.map(({ said }) => said).join("\n")).toMatch(
      /first time[\s\S]*shows is what[\s\S]*signed the checkpoint of 300 entries[\s\S]*as number 3/,
    )
  })

  it("fails where the page shows something else than what is logged", async () => {
    expect(await lastOf({ shown: { ...SHOWN, type: "agent.activated" } })).toMatch(
      /is not what the logged bytes say/,
    )
    expect(await lastOf({ shown: { ...SHOWN, more: 1 } })).toMatch(/is not what the logged bytes say/)
  })

  it("fails where the entry, a hash of the way or the checkpoint was changed by one bit", async () => {
    const other = btoa(JSON.stringify({ ...SHOWN, type: "agent.activated" }))
    expect(await lastOf({ shown: { ...SHOWN, type: "agent.activated" } }, { entry: other })).toMatch(
      /do not lead from this entry/,
    )
    const { proof } = await proofView()
    const lines = (proof ?? "").split("\n")
    const changed = (line: number, from: number): string =>
      lines.map((text, place) => (place === line ? flipped(text, from) : text)).join("\n")
    expect(await lastOf({}, { proof: changed(3, 4) })).toMatch(/do not lead from this entry/)
    const root = lines.indexOf("300") + 1
    expect(await lastOf({}, { proof: changed(root, 4) })).toMatch(/checkpoint does not count.*bad/)
    expect(await lastOf({}, { proof: changed(0, 4) })).toMatch(/cannot be checked/)
  })

  it("fails where the log's key is another than the one this browser has kept, and says since when", async () => {
    const kept = { key: formatVerifierKey(STRANGER.key), since: "2026-03-01T12:00:00.000Z" }
    const [step] = (await verified({ kept })).slice(-1)
    expect(step).toMatchObject({ ok: false })
    expect(step?.said).toMatch(/key has changed/)
    expect(step?.against).toMatch(/1 Mar 2026/)
    const same = { key: formatVerifierKey(SIGNER.key), since: kept.since }
    expect((await verified({ kept: same }))[0]).toMatchObject({
      ok: true,
      said: expect.stringMatching(/has kept/),
    })
  })

  it("says that it cannot be checked, and not that it is wrong, where the browser cannot compute it", async () => {
    const importKey = vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new Error("not supported"))
    expect(await lastOf({})).toMatch(/cannot be checked: this browser does not compute Ed25519/)
    importKey.mockRestore()
  })

  it("fails where another key signed under the log's name", async () => {
    expect(await lastOf({}, { verifierKey: formatVerifierKey(STRANGER.key) })).toMatch(
      /checkpoint does not count/,
    )
  })
})

describe("the keys that a browser keeps", () => {
  it("are found by their log, and what is no key is none", () => {
    const shelf = new Map<string, string>()
    const storage = {
      getItem: (name: string) => shelf.get(name) ?? null,
      setItem: (name: string, text: string) => void shelf.set(name, text),
    }
    expect(keptKey(storage, "a/1")).toBeUndefined()
    keepKey(storage, "a/1", { key: "k", since: "2026-03-01T12:00:00.000Z" })
    expect(keptKey(storage, "a/1")).toEqual({ key: "k", since: "2026-03-01T12:00:00.000Z" })
    expect(keptKey(storage, "a/2")).toBeUndefined()
    for (const text of ["{", "null", '{"key":1}', "7"]) {
      shelf.set("tabard-log-key:a/1", text)
      expect(keptKey(storage, "a/1")).toBeUndefined()
    }
    const refusing = {
      getItem: () => {
        throw new Error("refused")
      },
      setItem: () => {
        throw new Error("refused")
      },
    }
    keepKey(refusing, "a/1", { key: "k", since: "x" })
    expect(keptKey(refusing, "a/1")).toBeUndefined()
  })
})

async function verified(
  differs: Partial<Verifying>,
  proof: Partial<EventProofView> = {},
): Promise<readonly VerificationStep[]> {
  const view = { ...(await proofView()), ...proof }
  return verifyEvent({ proof: view, shown: SHOWN, kept: undefined, witnesses: [], ...differs })
}

/** What the last step says, which is the one that fails. */
async function lastOf(differs: Partial<Verifying>, proof: Partial<EventProofView> = {}): Promise<string> {
  const steps = await verified(differs, proof)
  expect(steps.at(-1)?.ok).toBe(false)
  expect(steps.slice(0, -1).every(({ ok }) => ok)).toBe(true)
  return steps.at(-1)?.said ?? ""
}

async function proofView(): Promise<EventProofView> {
  const tiles = memoryTileStore()
  const encoder = new TextEncoder()
  const entries = Array.from({ length: 300 }, (_, index) =>
    encoder.encode(index === 3 ? JSON.stringify(SHOWN) : `{"entry":${index}}`),
  )
  const head = await integrate({ tiles, sha256 }, emptyLog(sha256), entries)
  const checkpoint = await publish({ tiles, sha256, signer: SIGNER }, head)
  const hashes = await proveInclusion({ sha256, read: tileHashReader({ tiles, sha256 }, 300) }, 3, 300)
  const decoder = new TextDecoder()
  return {
    origin: SIGNER.key.name,
    index: 3,
    published: true,
    entry: btoa(JSON.stringify(SHOWN)),
    proof: decoder.decode(formatProof({ index: 3, hashes, checkpoint })),
    checkpoint: decoder.decode(checkpoint),
    verifierKey: formatVerifierKey(SIGNER.key),
    witnesses: [],
  }
}

/** The text with another letter at a place, which is one bit or a few of what it encodes. */
function flipped(text: string, place: number): string {
  return text.slice(0, place) + (text[place] === "A" ? "B" : "A") + text.slice(place + 1)
}
