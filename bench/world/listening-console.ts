import { type Client, createClient } from "@tabard/api"
import { type Key, touchedBy } from "../../packages/web/src/data/touched.ts"
import { readChanges } from "../../packages/web/src/live/read-changes.ts"

/** Answers the API as the person of this cookie has it. */
export function apiOf(publicUrl: string, cookie: string): Client {
  return createClient(publicUrl, (url, init) =>
    fetch(url, { ...init, headers: [...new Headers(init.headers), ["cookie", cookie]] }),
  )
}

/** A console that shows the overview: what it shows, and how each answer is asked for. */
export interface ListeningConsole extends AsyncDisposable {
  /** How many changes it heard, and how many questions it asked. */
  readonly counts: { heard: number; asked: number }
}

/** Who has a console open. */
export interface AtConsole {
  readonly publicUrl: string
  readonly cookie: string
  readonly member: boolean
}

/** The pace at which a console asks again for an answer, and how much later than that each may be. */
const APART_MS = 4_000
const SPREAD = 0.5

/** Opens a console that hears changes and, where it `asks`, asks again for what it shows and they touched. */
export async function openConsole(at: AtConsole, asks: boolean): Promise<ListeningConsole> {
  const counts = { heard: 0, asked: 0 }
  const ends = new AbortController()
  const answer = await fetch(`${at.publicUrl}/api/v1/changes`, {
    headers: { cookie: at.cookie },
    signal: ends.signal,
  })
  if (!answer.ok || !answer.body) throw new Error(`nobody may listen: ${answer.status}`)
  const shown = asks ? onOverview(apiOf(at.publicUrl, at.cookie), at.member) : []
  const due = new Map<Shown, ReturnType<typeof setTimeout>>()
  const askedAt = new Map<Shown, number>()
  const ask = async (one: Shown): Promise<void> => {
    counts.asked += 1
    await one.ask()
    due.delete(one)
    askedAt.set(one, performance.now())
  }
  const touch = (key: Key): void => {
    for (const one of shown.filter((candidate) => startsWith(candidate.key, key) && !due.has(candidate))) {
      const next = (askedAt.get(one) ?? 0) + APART_MS * (1 + SPREAD * Math.random())
      due.set(
        one,
        setTimeout(
          () => void ask(one).catch(() => undefined),
          Math.max(900 * Math.random(), next - performance.now()),
        ),
      )
    }
  }
  const listening = (async () => {
    for await (const heard of readChanges(answer.body ?? new ReadableStream())) {
      if (heard.kind !== "change") continue
      counts.heard += 1
      for (const key of touchedBy(heard.change)) touch(key)
    }
  })().catch(() => undefined)
  return {
    counts,
    async [Symbol.asyncDispose]() {
      for (const timer of due.values()) clearTimeout(timer)
      ends.abort()
      await listening
    },
  }
}

interface Shown {
  readonly key: Key
  readonly ask: () => Promise<unknown>
}

/** What the overview shows and a busy agent's events could touch. */
function onOverview(api: Client, member: boolean): readonly Shown[] {
  return [
    { key: ["overview"], ask: () => api.getOverview({}) },
    { key: ["approvals", "pending"], ask: () => api.listApprovals({ state: "pending" }) },
    { key: ["offers"], ask: () => api.listOffers({}) },
    { key: ["risk-picture"], ask: () => api.getRiskPicture({}) },
    ...(member
      ? []
      : [
          { key: ["scans"], ask: () => api.listScans({}) },
          { key: ["reporters"], ask: () => api.listReporters({}) },
        ]),
  ]
}

function startsWith(key: Key, beginning: Key): boolean {
  return beginning.every((part, place) => key[place] === part)
}
