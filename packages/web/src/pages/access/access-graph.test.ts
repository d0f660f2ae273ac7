import type { SeenCredentialView, SeenServerView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { accessGraph } from "./access-graph.ts"
import { accessLinks } from "./access-links.ts"
import { layOut } from "./lay-out.ts"
import { litFrom } from "./lit-from.ts"

const GITHUB = server("srv_1", "code", "GitHub")
const SLACK = server("srv_2", "chat", "Slack")
const TOKEN = credential("crd_1", "GitHub")
const VARIABLE = credential("crd_2", null)

describe("what an agent reaches", () => {
  it("is opened by the credentials of the system's own provider, and by no other", () => {
    const { reaches, unplaced } = accessLinks(seen([GITHUB, SLACK], [TOKEN, VARIABLE]))
    expect(reaches.map(({ opens }) => opens)).toEqual([[TOKEN], []])
    expect(unplaced).toEqual([VARIABLE])
  })

  it("is not joined by a provider's name that is too short to mean it", () => {
    expect(accessLinks(seen([GITHUB], [credential("crd_3", "G")])).reaches[0]?.opens).toEqual([])
  })

  it("leads over the credential where one is known, and says so where none was seen", () => {
    expect(drawn().edges).toEqual([
      { from: "agent", to: "crd_1" },
      { from: "agent", to: "crd_2" },
      { from: "agent", to: "unseen" },
      { from: "crd_1", to: "srv_1" },
      { from: "unseen", to: "srv_2" },
    ])
  })

  it("stands in three columns, without two boxes in one place", () => {
    const { nodes } = layOut(drawn(), 900)
    const columnOf = (id: string) => nodes.find((node) => node.id === id)?.x ?? Number.NaN
    expect(columnOf("agent")).toBeLessThan(columnOf("crd_1"))
    expect(columnOf("crd_1")).toBe(columnOf("crd_2"))
    expect(columnOf("crd_1")).toBeLessThan(columnOf("srv_1"))
    expect(columnOf("srv_1")).toBe(columnOf("srv_2"))
    const [first, second] = nodes.filter(({ kind }) => kind === "system").toSorted((a, b) => a.y - b.y)
    expect(second?.y).toBeGreaterThanOrEqual((first?.y ?? 0) + (first?.height ?? 0))
  })

  it("lights what is on the way through a box, and nothing beside it", () => {
    expect(litFrom("crd_1", drawn().edges)).toEqual(new Set(["crd_1", "agent", "srv_1"]))
  })
})

function drawn() {
  const all = seen([GITHUB, SLACK], [TOKEN, VARIABLE])
  return accessGraph({ name: "Helper", autonomy: "partial", ...all }, accessLinks(all))
}

function seen(usesServers: readonly SeenServerView[], holdsCredentials: readonly SeenCredentialView[]) {
  return { usesServers, holdsCredentials }
}

function server(id: string, name: string, system: string | null): SeenServerView {
  return { id, name, system, transport: "stdio", capabilities: ["read"], flags: [] }
}

function credential(id: string, provider: string | null): SeenCredentialView {
  return { id, kind: "token", provider, storedAs: "plaintext", fingerprint: null, locations: [] }
}
