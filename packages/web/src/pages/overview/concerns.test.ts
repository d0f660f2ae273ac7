import type { OverviewView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { concernsOf, concernsOfOwn } from "./concerns.ts"

describe("whether anything is wrong", () => {
  it("is calm only where everything was read and nothing was found", () => {
    expect(concernsOf(overview({}), [])).toEqual([])
  })

  it("is never calm before anything has been read", () => {
    expect(saysOf(overview({ lastScan: null }))).toEqual([
      "No scan has finished yet: which agents run here is not known",
    ])
  })

  it("tells a scan that failed, and places that it could not read", () => {
    const scan = { ...overview({}).scan, failed: "the disk is gone" }
    expect(saysOf(overview({ scan }))[0]).toMatch(/^The last scan failed/)
    const lastScan = { ...LAST, unreadable: [{ path: "/srv", reason: "denied" }] }
    expect(saysOf(overview({ lastScan }))).toEqual(["1 place could not be read: what is there is unknown"])
  })

  it("is not calm because another source has read everything since", () => {
    const denied = [{ path: "/srv", reason: "denied" }]
    const laptop = { ...LAST, reporter: "rep_1" }
    const older = { ...LAST, unreadable: [...denied, ...denied] }
    const scans = [laptop, { ...LAST, unreadable: denied }, older]
    expect(concernsOf(overview({ lastScan: laptop }), scans).map(({ says }) => says)).toEqual([
      "1 place could not be read: what is there is unknown",
    ])
  })

  it("tells a member of their agents alone, not what the sources of the organisation could read", () => {
    const theirs = overview({ lastScan: null, agentsByState: { quarantined: 1 }, plaintextCredentials: 2 })
    expect(concernsOfOwn(theirs).map(({ says }) => says)).toEqual([
      "1 agent was quarantined by the system",
      "2 credentials lie in plain text",
    ])
  })

  it("says the worst first", () => {
    expect(
      saysOf(
        overview({ agentsByState: { quarantined: 1 }, orphaned: 2, shadow: 1, plaintextCredentials: 3 }),
      ),
    ).toEqual([
      "1 agent was quarantined by the system",
      "3 credentials lie in plain text",
      "1 agent is shadow: found and then left",
      "2 agents have no owner",
    ])
  })
})

const LAST = {
  id: "scn_1",
  reporter: "server",
  roots: ["/home"],
  startedAt: "",
  finishedAt: "",
  unreadable: [],
  filesRead: 1,
  result: null,
}

function saysOf(of: OverviewView): readonly string[] {
  return concernsOf(of, []).map(({ says }) => says)
}

function overview(known: Partial<OverviewView>): OverviewView {
  return {
    agentsByState: {},
    agentsByCategory: {},
    findingsBySeverity: {},
    worstFindings: [],
    orphaned: 0,
    shadow: 0,
    plaintextCredentials: 0,
    pendingApprovals: 0,
    lastScan: LAST,
    scan: { running: false, filesSeen: 0, filesRead: 0, place: null, failed: null },
    log: {
      generation: 1,
      base: 0,
      origin: "o",
      published: 0,
      sequenced: 0,
      checkpoint: null,
      verifierKey: "k",
    },
    recent: [],
    ...known,
  }
}
